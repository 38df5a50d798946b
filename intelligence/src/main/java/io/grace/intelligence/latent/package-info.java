/// Meaning from co-occurrence: few dimensions in which rows that share no column can be near.
@NullMarked
package io.grace.intelligence.latent;

import org.jspecify.annotations.NullMarked;

/// Outcomes become beliefs. Knows the model only.
@NullMarked
package io.grace.core.learn;

import org.jspecify.annotations.NullMarked;

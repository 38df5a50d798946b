/// What can happen. Knows the model only.
@NullMarked
package io.grace.core.event;

import org.jspecify.annotations.NullMarked;

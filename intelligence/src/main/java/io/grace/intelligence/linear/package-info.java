/// Linear algebra small enough to be read: what the models above need, over plain arrays.
@NullMarked
package io.grace.intelligence.linear;

import org.jspecify.annotations.NullMarked;

/// A recurrent network that learns all series of one kind of metric at once; plain arrays in and
/// out, no library beneath.
@NullMarked
package io.grace.intelligence.neural;

import org.jspecify.annotations.NullMarked;

/// Intervals that hold as often as they claim to, on top of any forecast; knows the JDK only.
@NullMarked
package io.grace.intelligence.interval;

import org.jspecify.annotations.NullMarked;

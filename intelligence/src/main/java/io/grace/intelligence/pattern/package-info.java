/// Which kinds of events follow which: a ranking of causes from a whole log of events, and rules
/// that are learnt from a stream, tested against chance and dropped when they stop holding; knows
/// the JDK and the state's bytes only.
@NullMarked
package io.grace.intelligence.pattern;

import org.jspecify.annotations.NullMarked;

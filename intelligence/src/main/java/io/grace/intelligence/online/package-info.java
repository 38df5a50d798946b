/// Forecasts of very many series point by point, each a slice of primitive arrays that can be moved
/// while it is live; knows the JDK and the intervals only.
@NullMarked
package io.grace.intelligence.online;

import org.jspecify.annotations.NullMarked;

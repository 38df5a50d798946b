/// Forecasts of a series, with how sure they are.
@NullMarked
package io.grace.intelligence.forecast;

import org.jspecify.annotations.NullMarked;

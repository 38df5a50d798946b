/// What causes what in time series, and what would have been without an action; knows numbers only.
@NullMarked
package io.grace.intelligence.causal;

import org.jspecify.annotations.NullMarked;

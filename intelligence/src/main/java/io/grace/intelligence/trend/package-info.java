/// Trends that outliers do not bend.
@NullMarked
package io.grace.intelligence.trend;

import org.jspecify.annotations.NullMarked;

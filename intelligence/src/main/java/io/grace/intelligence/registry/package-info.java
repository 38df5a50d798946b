/// Which version of a model forecasts a series, and why; knows errors and times, not the models.
@NullMarked
package io.grace.intelligence.registry;

import org.jspecify.annotations.NullMarked;

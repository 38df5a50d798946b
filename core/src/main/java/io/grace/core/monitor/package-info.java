/// Measurements become health. Knows the model only.
@NullMarked
package io.grace.core.monitor;

import org.jspecify.annotations.NullMarked;

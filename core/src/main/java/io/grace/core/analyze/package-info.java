/// Health becomes a diagnosis. Knows the model only.
@NullMarked
package io.grace.core.analyze;

import org.jspecify.annotations.NullMarked;

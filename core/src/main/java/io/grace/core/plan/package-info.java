/// A diagnosis becomes ranked proposals. Knows the model and the state.
@NullMarked
package io.grace.core.plan;

import org.jspecify.annotations.NullMarked;

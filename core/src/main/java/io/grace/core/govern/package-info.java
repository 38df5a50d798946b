/// A proposal becomes a verdict, and a verdict a warrant: the one gate. Knows the model and the
/// state.
@NullMarked
package io.grace.core.govern;

import org.jspecify.annotations.NullMarked;

/// What the numbers foretell.
@NullMarked
package io.grace.runtime.foresight;

import org.jspecify.annotations.NullMarked;

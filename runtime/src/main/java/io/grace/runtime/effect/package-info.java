/// Performs what the snapshot asks for, through action providers. Knows core only.
@NullMarked
package io.grace.runtime.effect;

import org.jspecify.annotations.NullMarked;

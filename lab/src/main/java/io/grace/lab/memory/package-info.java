/// Proves how quick the memories are. Knows all modules.
@NullMarked
package io.grace.lab.memory;

import org.jspecify.annotations.NullMarked;

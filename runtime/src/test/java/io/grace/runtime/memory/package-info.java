/// Tests of the memories: the store's contract, the broker on a real loop, crashes.
@NullMarked
package io.grace.runtime.memory;

import org.jspecify.annotations.NullMarked;

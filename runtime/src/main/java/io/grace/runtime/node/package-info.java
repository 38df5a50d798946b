/// A running GRACE: journal, loop, hands and eyes put together.
@NullMarked
package io.grace.runtime.node;

import org.jspecify.annotations.NullMarked;

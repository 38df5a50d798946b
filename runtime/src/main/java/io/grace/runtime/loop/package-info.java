/// The loop that drives core: takes in signals, commands and results, records what follows, and
/// acts. Knows core only.
@NullMarked
package io.grace.runtime.loop;

import org.jspecify.annotations.NullMarked;

/// What recorded incidents would have come to under another policy, and what observing has shown.
/// Reads a journal and changes nothing.
@NullMarked
package io.grace.runtime.replay;

import org.jspecify.annotations.NullMarked;

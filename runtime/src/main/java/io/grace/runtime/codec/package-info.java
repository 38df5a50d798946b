/// Events and snapshots as canonical JSON and back. The only place that knows both core's records
/// and Jackson.
@NullMarked
package io.grace.runtime.codec;

import org.jspecify.annotations.NullMarked;

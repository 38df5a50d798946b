/// Measures services and keeps what was measured lately. Knows core, the process host and HTTP.
@NullMarked
package io.grace.runtime.telemetry;

import org.jspecify.annotations.NullMarked;

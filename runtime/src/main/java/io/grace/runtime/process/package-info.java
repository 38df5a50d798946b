/// Starts, stops and finds again the processes of services on this machine. Knows core and the
/// secrets.
@NullMarked
package io.grace.runtime.process;

import org.jspecify.annotations.NullMarked;

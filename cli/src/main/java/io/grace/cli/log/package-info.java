/// Verifies journals off-line; knows the entry format and shares no code with what writes it.
@NullMarked
package io.grace.cli.log;

import org.jspecify.annotations.NullMarked;

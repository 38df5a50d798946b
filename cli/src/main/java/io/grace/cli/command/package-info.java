/// One class a command. None has a JSON or HTTP type in a field or signature: picocli reflects on
/// every command at every start, and `--help` must not pay for loading those.
@NullMarked
package io.grace.cli.command;

import org.jspecify.annotations.NullMarked;

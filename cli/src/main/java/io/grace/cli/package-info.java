/// The start of the `grace` command and the order of its subcommands.
@NullMarked
package io.grace.cli;

import org.jspecify.annotations.NullMarked;

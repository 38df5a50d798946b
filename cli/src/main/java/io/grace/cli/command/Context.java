package io.grace.cli.command;

import io.grace.cli.host.Host;

/// What every command is made with.
///
/// @param root the options given before the command's name
record Context(Host host, OutputOptions root) {
  OutputOptions options() {
    return new OutputOptions(root);
  }
}

package io.grace.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a command answers. Given before or after the command's name, both count. *Filled by
/// picocli.*
final class OutputOptions {
  private static final int USUAL_WIDTH = 80;
  static final int NARROWEST = 40;
  static final int WIDEST = 500;

  private final @Nullable OutputOptions before;

  @Option(names = "--json", description = "Answer with the server's JSON, word for word.")
  private boolean isJson;

  @Option(names = "--no-color", description = "No colours; NO_COLOR does the same.")
  private boolean isPlain;

  @Option(
      names = "--width",
      paramLabel = "COLUMNS",
      description = "Columns of the output, 40-500; 80 unless told.")
  private @Nullable Integer width;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean isHelp;

  /// @param before those given before the command's name
  OutputOptions(@Nullable OutputOptions before) {
    this.before = before;
  }

  boolean isJson() {
    return isJson || (before != null && before.isJson());
  }

  boolean isPlain() {
    return isPlain || (before != null && before.isPlain());
  }

  boolean isHelp() {
    return isHelp;
  }

  int width() {
    return width != null ? width : before != null ? before.width() : USUAL_WIDTH;
  }
}

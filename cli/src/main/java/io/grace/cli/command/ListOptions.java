package io.grace.cli.command;

import io.grace.cli.client.Query;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which part of a long list. *Filled by picocli.*
final class ListOptions {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Rows, 1-500; ${DEFAULT-VALUE} unless told.")
  private int limit;

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Go on behind this cursor, which the last list ended with.")
  private @Nullable String after;

  Query of(Query query) {
    return query.with("limit", limit).with("after", after);
  }
}

package io.grace.cli.command;

import io.grace.cli.client.LineStream;
import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = {
      "Writes the whole journal as JSON lines, as 'grace log verify' reads it.",
      "A file appears only once it is complete."
    })
final class LogExportCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to; the standard output unless told.")
  private @Nullable Path file;

  LogExportCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Query query = Query.of("/api/log/export");
    try (LineStream lines = session.api().stream(query, "application/x-ndjson", Optional.empty())) {
      long count = Export.copy(lines, session.host(), file);
      if (file != null) {
        if (session.isJson()) {
          session.json("{\"lines\":" + count + "}");
        } else {
          session.page().line(count + " lines written to " + file);
        }
      }
    }
    return 0;
  }
}

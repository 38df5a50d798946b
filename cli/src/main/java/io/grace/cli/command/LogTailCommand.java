package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "tail",
    description = {
      "Follows the journal: every new entry, as it is written.",
      "Goes on by itself where it stopped when the connection breaks. With --json: a line each."
    })
final class LogTailCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  @Option(
      names = "--after",
      paramLabel = "INDEX",
      description = "Start behind this entry, 0 for all; from now on unless told.")
  private @Nullable Long after;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after so many entries; never unless told.")
  private @Nullable Long count;

  LogTailCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    if ((after != null && after < 0) || (count != null && count < 1)) {
      throw new Failure(Kind.USAGE, "--after must be 0 or more and --count 1 or more", "");
    }
    Session session = Session.of(context, output);
    long from = after == null ? head(session) : after;
    new Tail(session, from, count == null ? Long.MAX_VALUE : count).follow();
    return 0;
  }

  /// "From now on" is a definite entry, so that nothing is lost if the first connection breaks.
  private static long head(Session session) throws Failure {
    return session.api().get(Query.of("/api/status")).doc().at("journal").whole("index");
  }
}

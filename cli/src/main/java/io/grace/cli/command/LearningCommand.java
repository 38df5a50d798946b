package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import io.grace.cli.view.LearningView;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "learning", description = "What came of each playbook, where.")
final class LearningCommand implements Callable<Integer> {
  private static final Set<String> BUCKETS = Set.of("all", "24h", "7d");

  private final Context context;

  @Mixin private final OutputOptions output;

  @Option(
      names = "--bucket",
      paramLabel = "all|24h|7d",
      defaultValue = "all",
      description = "Of which time; ${DEFAULT-VALUE} unless told.")
  private String bucket = "all";

  @Option(names = "--service", paramLabel = "SERVICE", description = "Only of this service.")
  private @Nullable String service;

  @Option(names = "--playbook", paramLabel = "PLAYBOOK", description = "Only of this playbook.")
  private @Nullable String playbook;

  LearningCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    if (!BUCKETS.contains(bucket)) {
      throw new Failure(Kind.USAGE, "bucket must be all, 24h or 7d: " + bucket, "");
    }
    Session session = Session.of(context, output);
    Query query =
        Query.of("/api/self_heal/learning")
            .with("time_bucket", bucket)
            .with("service", service)
            .with("playbook", playbook);
    return session.show(session.api().get(query), LearningView::show);
  }
}

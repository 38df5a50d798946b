package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.RunView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "runs", description = "Open runs, or one of them in full.")
final class RunsCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ListOptions list = new ListOptions();

  @Option(names = "--all", description = "Ended ones too.")
  private boolean isAll;

  @Option(names = "--service", paramLabel = "SERVICE", description = "Only those of this service.")
  private @Nullable String service;

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run to show in full.")
  private @Nullable String id;

  RunsCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Query runs = Query.of("/api/runs");
    if (id != null) {
      return session.show(session.api().get(runs.id("run", id)), RunView::one);
    }
    Query query = list.of(runs.with("state", isAll ? "all" : "open").with("service", service));
    return session.show(session.api().get(query), RunView::list);
  }
}

package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.SensingView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "changes", description = "What was deployed, flipped or configured lately.")
final class ChangesCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  @Option(names = "--service", paramLabel = "SERVICE", description = "Only of this service.")
  private @Nullable String service;

  ChangesCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Query query = Query.of("/api/changes").with("service", service);
    return session.show(session.api().get(query), SensingView::changes);
  }
}

package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.SensingView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "triggers", description = "What was found or foretold, and how often it was so.")
final class TriggersCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  TriggersCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Query query = Query.of("/api/triggers");
    return session.show(session.api().get(query), SensingView::triggers);
  }
}

package io.grace.cli.command;

import io.grace.cli.host.Failure;
import io.grace.cli.view.PlanView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    description = "Shows exactly what a playbook would do, and its hash; runs nothing.")
final class PlanCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  @Parameters(index = "0", paramLabel = "INCIDENT", description = "See 'grace incidents'.")
  private String incident = "";

  @Parameters(index = "1", paramLabel = "PLAYBOOK", description = "Such as restart_service.")
  private String playbook = "";

  PlanCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    return session.show(
        ProposeCommand.plan(session, incident, playbook, "a look", false), PlanView::proposed);
  }
}

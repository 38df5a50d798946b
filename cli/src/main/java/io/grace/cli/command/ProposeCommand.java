package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.client.Reply;
import io.grace.cli.host.Failure;
import io.grace.cli.view.PlanView;
import io.grace.cli.view.RunView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "propose", description = "Proposes a playbook for an incident to the gate.")
final class ProposeCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Parameters(index = "0", paramLabel = "INCIDENT", description = "See 'grace incidents'.")
  private String incident = "";

  @Parameters(index = "1", paramLabel = "PLAYBOOK", description = "Such as restart_service.")
  private String playbook = "";

  @Option(names = "--dry-run", description = "Only show plan and rulings; propose nothing.")
  private boolean isDry;

  ProposeCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    String why = reason.text();
    Session session = Session.of(context, output);
    if (isDry) {
      return session.show(plan(session, why, false), PlanView::proposed);
    }
    if (!session.isJson()) {
      PlanView.proposed(plan(session, why, false).doc(), session.page());
    }
    return session.show(plan(session, why, true), RunView::decided);
  }

  private Reply plan(Session session, String why, boolean execute) throws Failure {
    return plan(session, incident, playbook, why, execute);
  }

  static Reply plan(Session session, String incident, String playbook, String why, boolean execute)
      throws Failure {
    return session
        .api()
        .post(
            Query.of("/api/playbooks/plan"),
            Map.of("incident", incident, "playbook", playbook, "reason", why, "execute", execute));
  }
}

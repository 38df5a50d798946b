package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.IncidentView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "split", description = "Lets an incident stand for itself again.")
final class SplitCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Parameters(paramLabel = "INCIDENT", description = "The incident; see 'grace incidents'.")
  private String id = "";

  SplitCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    var body = Map.of("reason", reason.text());
    Session session = Session.of(context, output);
    Query query = Query.of("/api/incidents").id("incident", id).sub("split");
    return session.show(session.api().post(query, body), IncidentView::grouped);
  }
}

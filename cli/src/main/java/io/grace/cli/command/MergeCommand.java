package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.IncidentView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "merge", description = "Makes an incident part of another.")
final class MergeCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Parameters(index = "0", paramLabel = "INCIDENT", description = "The one that becomes a part.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "INTO", description = "The whole.")
  private String into = "";

  MergeCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Query incident = Query.of("/api/incidents").id("incident", id);
    var body = Map.of("into", into, "reason", reason.text());
    return session.show(session.api().post(incident.sub("merge"), body), IncidentView::grouped);
  }
}

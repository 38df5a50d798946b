package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.IncidentView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "ack", description = "Says that you look after an incident.")
final class AckCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  @Parameters(paramLabel = "INCIDENT", description = "The incident; see 'grace incidents'.")
  private String id = "";

  @Option(
      names = {"-m", "--reason"},
      paramLabel = "REASON",
      defaultValue = "looking after it",
      description = "Goes into the journal; '${DEFAULT-VALUE}' unless told.")
  private String reason = "";

  AckCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    var body = Map.of("reason", ReasonOption.checked(reason));
    Session session = Session.of(context, output);
    Query query = Query.of("/api/incidents").id("incident", id).sub("acknowledge");
    return session.show(session.api().post(query, body), IncidentView::acknowledged);
  }
}

package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.RunView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "cancel", description = "Stops a run; what it did is undone.")
final class CancelCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Parameters(paramLabel = "RUN", description = "The run; see 'grace runs'.")
  private String id = "";

  CancelCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    var body = Map.of("reason", reason.text());
    Session session = Session.of(context, output);
    Query query = Query.of("/api/runs").id("run", id).sub("cancel");
    return session.show(session.api().post(query, body), RunView::decided);
  }
}

package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.SensingView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "related", description = "Other incidents that one may be part of, and why.")
final class RelatedCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  @Parameters(paramLabel = "INCIDENT", description = "The incident; see 'grace incidents'.")
  private String id = "";

  RelatedCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Query query = Query.of("/api/incidents").id("incident", id).sub("candidates");
    return session.show(session.api().get(query), SensingView::candidates);
  }
}

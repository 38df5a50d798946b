package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.IncidentView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "incidents", description = "Open incidents, or one of them in full.")
final class IncidentsCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ListOptions list = new ListOptions();

  @Option(names = "--all", description = "Resolved ones too.")
  private boolean isAll;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "The incident to show in full.")
  private @Nullable String id;

  IncidentsCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Query incidents = Query.of("/api/incidents");
    if (id != null) {
      return session.show(session.api().get(incidents.id("incident", id)), IncidentView::one);
    }
    Query query = list.of(incidents.with("state", isAll ? "all" : "open"));
    return session.show(session.api().get(query), IncidentView::list);
  }
}

package io.grace.cli.command;

import io.grace.cli.client.Doc;
import io.grace.cli.client.Query;
import io.grace.cli.client.Reply;
import io.grace.cli.host.Failure;
import io.grace.cli.view.StatusView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "What GRACE is doing right now, on one screen.")
final class StatusCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  StatusCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Reply status = session.api().get(Query.of("/api/status"));
    Doc doc = status.doc();
    if (session.isJson()) {
      session.json(status.body());
    } else {
      Doc incidents = open(session, "/api/incidents", doc.whole("open_incidents"));
      Doc runs = open(session, "/api/runs", doc.whole("open_runs"));
      StatusView.show(doc, incidents, runs, session.page());
    }
    return 0;
  }

  private static Doc open(Session session, String path, long count) throws Failure {
    Query query = Query.of(path).with("state", "open").with("limit", 6);
    return count == 0 ? Doc.NONE : session.api().get(query).doc();
  }
}

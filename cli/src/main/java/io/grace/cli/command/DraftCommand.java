package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.DraftView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "draft", description = "Playbooks that GRACE wrote and loads never: show, reject.")
final class DraftCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  DraftCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    return session.show(session.api().get(Query.of("/api/drafts")), DraftView::all);
  }
}

package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.DraftView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "draft",
    description = "Playbooks that GRACE wrote and never loads: show, text, reject.",
    synopsisSubcommandLabel = "[COMMAND]",
    commandListHeading = "%nWithout a command, all are listed:%n")
final class DraftCommand implements Callable<Integer> {
  private static final Query DRAFTS = Query.of("/api/drafts");

  private final Context context;

  @Mixin private final OutputOptions output;

  DraftCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  /// One draft, by its id.
  ///
  /// @throws Failure if it cannot be an id
  static Query one(String id) throws Failure {
    return DRAFTS.id("draft", id, "grace draft");
  }

  /// Options given before the name of a command below this one count there too.
  Context below() {
    return new Context(context.host(), output);
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    return session.show(session.api().get(DRAFTS), DraftView::all);
  }
}

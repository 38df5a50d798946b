package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.DraftView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "reject", description = "Leaves a draft for good; it is not written again.")
final class DraftRejectCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Parameters(paramLabel = "DRAFT", description = "The draft; see 'grace draft'.")
  private String id = "";

  DraftRejectCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Query query = DraftCommand.one(id).sub("reject");
    return session.show(
        session.api().post(query, Map.of("reason", reason.text())), DraftView::rejected);
  }
}

package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.DraftView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "What a draft was made of, and what is proved of it.")
final class DraftShowCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  @Parameters(paramLabel = "DRAFT", description = "The draft; see 'grace draft'.")
  private String id = "";

  DraftShowCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Query query = DraftCommand.one(id);
    return session.show(session.api().get(query), DraftView::one);
  }
}

package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.text.Clean;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "text",
    description = "The text of a draft, to be saved as a file of the configuration.")
final class DraftTextCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  @Parameters(paramLabel = "DRAFT", description = "The draft; see 'grace draft'.")
  private String id = "";

  @Option(names = "--tests", description = "Its tests instead of the playbook.")
  private boolean isTests;

  DraftTextCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Query query = DraftCommand.one(id);
    String part = isTests ? "tests" : "playbook";
    return session.show(
        session.api().get(query),
        (draft, _) ->
            draft
                .raw(part)
                .orElse("")
                .lines()
                .map(Clean::text)
                .forEach(session.host().out()::println));
  }
}

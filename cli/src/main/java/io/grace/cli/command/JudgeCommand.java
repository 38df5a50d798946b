package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.SensingView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "judge", description = "Says whether there was anything to a trigger.")
final class JudgeCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Parameters(paramLabel = "TRIGGER", description = "Its id; see 'grace triggers --json'.")
  private String id = "";

  @Option(names = "--false", description = "There was nothing to it; without this there was.")
  private boolean isFalse;

  JudgeCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Map<String, Object> body = Map.of("trigger", id, "is_true", !isFalse, "reason", reason.text());
    Query query = Query.of("/api/triggers/judge");
    return session.show(session.api().post(query, body), SensingView::triggers);
  }
}

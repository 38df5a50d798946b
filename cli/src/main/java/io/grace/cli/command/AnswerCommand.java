package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.RunView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "answer", description = "Tells whether a run helped, where GRACE cannot tell.")
final class AnswerCommand implements Callable<Integer> {
  /// What a person may find; not knowing is no answer.
  enum Finding {
    passed,
    failed
  }

  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run that asks.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "passed|failed", description = "Whether it helped.")
  private Finding finding = Finding.failed;

  AnswerCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    var body = Map.of("finding", finding.name(), "reason", reason.text());
    Session session = Session.of(context, output);
    Query query = Query.of("/api/runs").id("run", id).sub("answer");
    return session.show(session.api().post(query, body), RunView::decided);
  }
}

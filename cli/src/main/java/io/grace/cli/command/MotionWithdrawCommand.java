package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.MotionView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "withdraw", description = "Withdraws a motion; for whoever made it.")
final class MotionWithdrawCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Parameters(paramLabel = "MOTION", description = "The motion; see 'grace motion'.")
  private String id = "";

  MotionWithdrawCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    var body = Map.of("reason", reason.text());
    Session session = Session.of(context, output);
    Query query = MotionCommand.one(id).sub("withdraw");
    return session.show(session.api().post(query, body), MotionView::withdrawn);
  }
}

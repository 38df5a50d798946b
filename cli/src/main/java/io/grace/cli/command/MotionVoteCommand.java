package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import io.grace.cli.view.MotionView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "vote", description = "Votes on a motion, once; for members.")
final class MotionVoteCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Parameters(index = "0", paramLabel = "MOTION", description = "The motion; see 'grace motion'.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "VOTE", description = "for or against.")
  private String vote = "";

  MotionVoteCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    if (!vote.equals("for") && !vote.equals("against")) {
      throw new Failure(
          Kind.USAGE,
          "a vote is for or against: " + vote,
          "grace motion vote MOTION for -m REASON");
    }
    var body = Map.of("vote", vote, "reason", reason.text());
    Session session = Session.of(context, output);
    Query query = MotionCommand.one(id).sub("votes");
    return session.show(session.api().post(query, body), MotionView::voted);
  }
}

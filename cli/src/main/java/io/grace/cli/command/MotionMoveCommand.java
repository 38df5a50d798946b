package io.grace.cli.command;

import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import io.grace.cli.view.MotionView;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "move", description = "Moves that a policy is wanted; for members.")
final class MotionMoveCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Option(
      names = "--policy",
      paramLabel = "HASH",
      description = "Its hash, all 64 digits; that of the policy of now unless told.")
  private @Nullable String policy;

  MotionMoveCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    var body = new TreeMap<String, Object>();
    body.put("reason", reason.text());
    if (policy != null) {
      if (!policy.matches("[0-9a-f]{64}")) {
        throw new Failure(
            Kind.USAGE,
            "a policy must be given by its hash, 64 hex digits: " + policy.length() + " characters",
            "'grace motion --json' has that of the policy of now");
      }
      body.put("policy", policy);
    }
    Session session = Session.of(context, output);
    return session.show(session.api().post(MotionCommand.MOTIONS, body), MotionView::moved);
  }
}

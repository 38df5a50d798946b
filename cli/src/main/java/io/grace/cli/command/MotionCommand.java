package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.MotionView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "motion",
    description = "Motions before parliament: list, show, move, vote, withdraw.",
    synopsisSubcommandLabel = "[COMMAND]",
    commandListHeading = "%nWithout a command, open motions are listed:%n")
final class MotionCommand implements Callable<Integer> {
  static final Query MOTIONS = Query.of("/api/parliament/motions");

  private final Context context;

  @Mixin private final OutputOptions output;

  @Option(names = "--all", description = "Ended ones too.")
  private boolean isAll;

  MotionCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  /// One motion, by its id.
  ///
  /// @throws Failure if it cannot be an id
  static Query one(String id) throws Failure {
    return MOTIONS.id("motion", id, "grace motion --all");
  }

  /// Options given before the name of a command below this one count there too.
  Context below() {
    return new Context(context.host(), output);
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    return session.show(
        session.api().get(MOTIONS), isAll ? MotionView::list : MotionView::openOnes);
  }
}

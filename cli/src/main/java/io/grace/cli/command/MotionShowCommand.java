package io.grace.cli.command;

import io.grace.cli.client.Doc;
import io.grace.cli.client.Query;
import io.grace.cli.client.Reply;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import io.grace.cli.view.MotionView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = {
      "A motion in full: who voted what, and why.",
      "With --json: {\"parliament\": ..., \"entries\": ...}, both word for word."
    })
final class MotionShowCommand implements Callable<Integer> {
  /// One by each of at most 50 members, those who left meanwhile, and what became of it.
  private static final int MOST_ENTRIES = 500;

  private final Context context;

  @Mixin private final OutputOptions output;

  @Parameters(paramLabel = "MOTION", description = "The motion; see 'grace motion --all'.")
  private String id = "";

  MotionShowCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    MotionCommand.one(id);
    Session session = Session.of(context, output);
    Reply parliament = session.api().get(MotionCommand.MOTIONS);
    Doc motion =
        parliament.doc().items("motions").stream()
            .filter(m -> m.text("id").equals(id))
            .findFirst()
            .orElseThrow(() ->
                new Failure(
                    Kind.NOT_FOUND,
                    "no motion " + id + " among those that are open or ended lately",
                    "list them: grace motion --all"));
    Reply entries =
        session
            .api()
            .get(Query.of("/api/log/entries").with("limit", MOST_ENTRIES).with("subject", id));
    Doc told = entries.doc();
    if (session.isJson()) {
      session.json(
          "{\"parliament\":"
              + parliament.body().strip()
              + ",\"entries\":"
              + entries.body().strip()
              + "}");
    } else {
      MotionView.one(parliament.doc(), motion, told.items("items"), session.page());
    }
    return 0;
  }
}

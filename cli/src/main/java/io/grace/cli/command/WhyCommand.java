package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.client.Reply;
import io.grace.cli.host.Failure;
import io.grace.cli.view.StoryView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "why",
    description = {
      "The whole story of a run, from evidence to outcome.",
      "With --json: {\"run\": ..., \"story\": ...}, both word for word."
    })
final class WhyCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  @Parameters(paramLabel = "RUN", description = "The run; see 'grace runs --all'.")
  private String id = "";

  WhyCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    Query one = Query.of("/api/runs").id("run", id);
    Reply run = session.api().get(one);
    Reply story = session.api().get(one.sub("story"));
    var runDoc = run.doc();
    var storyDoc = story.doc();
    if (session.isJson()) {
      session.json("{\"run\":" + run.body().strip() + ",\"story\":" + story.body().strip() + "}");
    } else {
      StoryView.show(runDoc, storyDoc, session.page());
    }
    return 0;
  }
}

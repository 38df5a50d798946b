package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.view.RunView;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "answer", description = "Answers what a run asks, or tells whether it helped.")
final class AnswerCommand implements Callable<Integer> {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}[.][0-9]{1,15}");

  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run that asks.")
  private String id = "";

  @Parameters(
      index = "1",
      paramLabel = "ANSWER",
      description = "passed or failed; or yes, no, a number or a text to what a step asks.")
  private String answer = "";

  @Option(
      names = "--step",
      paramLabel = "NAME",
      description = "The step that asks, if more than one does.")
  private String step = "";

  AnswerCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    Session session = Session.of(context, output);
    var body = new TreeMap<String, Object>(Map.of("reason", reason.text()));
    if (step.isEmpty() && (answer.equals("passed") || answer.equals("failed"))) {
      body.put("finding", answer);
    } else {
      body.put("answer", typed(answer));
      if (!step.isEmpty()) {
        body.put("step", step);
      }
    }
    Query query = Query.of("/api/runs").id("run", id).sub("answer");
    return session.show(session.api().post(query, body), RunView::decided);
  }

  private static Object typed(String answer) {
    return switch (answer.toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> {
        if (NUMBER.matcher(answer).matches()) {
          yield Long.parseLong(answer);
        }
        yield DECIMAL.matcher(answer).matches() ? (Object) Double.parseDouble(answer) : answer;
      }
    };
  }
}

package io.grace.cli.command;

import io.grace.cli.client.Doc;
import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import io.grace.cli.view.RunView;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "approve",
    description = {
      "Shows the plan of a run and approves exactly that.",
      "Asks first on a terminal; elsewhere wants --yes."
    })
final class ApproveCommand implements Callable<Integer> {
  /// What is shown where hashes are short; fewer digits could be made to collide.
  private static final int SHORTEST_HASH = 12;

  private final Context context;

  @Mixin private final OutputOptions output;
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Parameters(paramLabel = "RUN", description = "The run; see 'grace runs'.")
  private String id = "";

  @Option(names = "--override", description = "Also agree that it runs outside change windows.")
  private boolean isOverride;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean isSure;

  @Option(
      names = "--hash",
      paramLabel = "HASH",
      description = "Approve only if the plan's hash is or begins so (12 digits or more).")
  private @Nullable String wanted;

  ApproveCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    String why = reason.text();
    Session session = Session.of(context, output);
    Query one = Query.of("/api/runs").id("run", id);
    Doc run = session.api().get(one).doc();
    String hash = hash(run);
    if (!session.isJson()) {
      RunView.forApproval(run, session.page());
    }
    if (!isSure && !session.agrees("Approve exactly this plan?")) {
      throw new Failure(Kind.REFUSED, "nothing was sent: you did not agree", "");
    }
    var body = Map.of("hash", hash, "scope", isOverride ? "override" : "plan", "reason", why);
    return session.show(session.api().post(one.sub("approve"), body), RunView::decided);
  }

  private String hash(Doc run) throws Failure {
    if (!run.word("phase").equals("proposed")) {
      throw new Failure(
          Kind.CONFLICT,
          "run " + id + " is " + run.word("phase") + "; only a proposed run can be approved",
          "see what came of it: grace why " + id);
    }
    String hash = run.raw("hash").orElse("");
    if (!hash.matches("[0-9a-f]{64}")) {
      throw new Failure(
          Kind.UNREACHABLE, "the server gave no hash of the plan; wanted 64 hex digits", "");
    }
    if (wanted != null && (wanted.length() < SHORTEST_HASH || !hash.startsWith(wanted))) {
      throw new Failure(
          Kind.CONFLICT,
          "the plan's hash is " + hash + ", not the given one",
          "it is another plan than the one you saw; look again: grace runs " + id);
    }
    return hash;
  }
}

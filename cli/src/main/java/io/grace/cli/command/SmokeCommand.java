package io.grace.cli.command;

import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "smoke",
    description = {
      "Tries whether GRACE works, from the outside.",
      "health makes a service of its own look sick, watches GRACE notice, and heals it again."
    })
final class SmokeCommand implements Callable<Integer> {
  private static final int LONGEST_WAIT = 3_600;

  /// What to try.
  enum Suite {
    backend,
    cli,
    health,
    all;

    boolean includes(Suite other) {
      return this == all || this == other;
    }
  }

  private final Context context;

  @Mixin private final OutputOptions output;

  @Parameters(
      arity = "0..1",
      paramLabel = "backend|cli|health|all",
      defaultValue = "all",
      description = "What to try; ${DEFAULT-VALUE} unless told.")
  private Suite suite = Suite.all;

  @Option(
      names = "--service",
      paramLabel = "SERVICE",
      defaultValue = "grace-smoke",
      description = "Whose signals health sends; ${DEFAULT-VALUE} unless told.")
  private String service = "grace-smoke";

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long each thing may take to show, 1-3600; ${DEFAULT-VALUE} unless told.")
  private int wait;

  SmokeCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    if (wait < 1 || wait > LONGEST_WAIT) {
      throw new Failure(Kind.USAGE, "--wait must be 1-" + LONGEST_WAIT + " seconds: " + wait, "");
    }
    Session session = Session.of(context, output);
    session.api().get(Query.of("/api/health"));
    var report = new SmokeReport(session);
    if (suite.includes(Suite.backend)) {
      new BackendSmoke(session.api()).run(report);
    }
    if (suite.includes(Suite.cli)) {
      new CliSmoke(session.host()).run(report);
    }
    if (suite.includes(Suite.health)) {
      new HealthSmoke(session.api(), session.host().pause(), service, wait).run(report);
    }
    return report.end();
  }
}

package io.grace.cli.command;

import io.grace.cli.client.Doc;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Host;
import java.io.PrintWriter;
import java.io.StringWriter;

/// Does this command answer, and in JSON that programs can read?
record CliSmoke(Host host) {
  void run(SmokeReport report) {
    report.check("cli", "it knows its version", () -> field("version", "version", "--json"));
    report.check("cli", "status --json is JSON", () -> field("mode", "status", "--json"));
    report.check("cli", "status fits 80 columns", this::isNarrow);
  }

  private String field(String name, String... args) throws Failure {
    String out = output(args);
    Doc doc = Doc.parse(out).orElse(Doc.NONE);
    SmokeReport.require(doc.at(name).isPresent(), "the JSON has no " + name);
    return name + " " + doc.text(name);
  }

  private String isNarrow() throws Failure {
    int widest = output("status").lines().mapToInt(String::length).max().orElse(0);
    SmokeReport.require(widest > 0 && widest <= 80, "the widest line has " + widest);
    return "the widest line has " + widest;
  }

  private static final Host.Pause NEVER = _ -> {};

  private String output(String... args) throws Failure {
    var out = new StringWriter();
    var err = new StringWriter();
    var captured =
        new Host(
            host.environment(),
            host.homes(),
            host.in(),
            new PrintWriter(out),
            new PrintWriter(err),
            () -> false,
            NEVER);
    int status = Commands.on(captured).execute(args);
    SmokeReport.require(
        status == 0, "grace " + String.join(" ", args) + " ended with status " + status);
    return out.toString();
  }
}

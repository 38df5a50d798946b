package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Page;
import io.grace.cli.text.Table;
import java.util.List;
import java.util.Locale;

/// What was heard from outside: alerts, changes, objectives, calls.
public final class SensingView {
  private SensingView() {}

  public static void alerts(Doc alerts, Page page) {
    List<Doc> items = alerts.items("items");
    if (items.isEmpty()) {
      page.line("No alert is on.");
      return;
    }
    var table = new Table("ALERT", "SERVICE", "SEVERITY", "PHASE", "SINCE", "SOURCE");
    for (Doc alert : items) {
      table.row(
          Words.plain(alert.text("name")),
          Words.plain(alert.text("service")),
          Words.cell(alert.word("severity")),
          Words.plain(alert.word("phase")),
          Words.plain(alert.moment("since")),
          Words.plain(alert.text("source")));
    }
    page.table(table);
    StatusView.more(alerts, page);
  }

  public static void changes(Doc changes, Page page) {
    List<Doc> items = changes.items("items");
    if (items.isEmpty()) {
      page.line("No change was reported.");
      return;
    }
    var table = new Table("AT", "SERVICE", "KIND", "REF", "BY", "SUMMARY");
    for (Doc change : items) {
      table.row(
          change.moment("at"),
          change.text("service"),
          change.word("kind"),
          change.text("ref"),
          change.text("by"),
          change.text("summary"));
    }
    page.table(table);
  }

  public static void slos(Doc slos, Page page) {
    List<Doc> items = slos.items("items");
    if (items.isEmpty()) {
      page.line("No objective is declared, or none was measured yet.");
      return;
    }
    var table = new Table("SLO", "SERVICE", "#OBJECTIVE", "#BUDGET", "ALARM", "BURN");
    for (Doc slo : items) {
      table.row(
          slo.text("slo"),
          slo.text("service"),
          slo.text("objective"),
          slo.text("budget_left"),
          slo.word("alarm"),
          String.join(
              " ",
              slo.items("burns").stream()
                  .map(b -> b.text("window") + ":" + b.text("rate"))
                  .toList()));
    }
    page.table(table);
    page.line("BUDGET is what is left of it: 1 untouched, 0 spent, negative overdrawn.");
  }

  public static void triggers(Doc triggers, Page page) {
    List<Doc> items = triggers.items("items");
    if (items.isEmpty()) {
      page.line("Nothing is found or foretold now.");
    } else {
      var table = new Table("TRIGGER", "SERVICE", "#SURE", "AT", "EVIDENCE");
      for (Doc t : items) {
        table.row(
            t.word("kind"),
            t.maybe("service").orElse("all"),
            t.text("confidence"),
            t.moment("at"),
            t.text("evidence"));
      }
      page.table(table);
    }
    List<Doc> sources = triggers.items("sources");
    if (!sources.isEmpty()) {
      var table =
          new Table(
              "SOURCE", "#TRUE", "#FALSE", "#AVERTED", "#MISSED", "#PRECISION", "#RECALL", "#LEAD");
      for (Doc s : sources) {
        table.row(
            source(s.text("source")),
            s.text("came_true"),
            s.text("did_not"),
            s.text("averted"),
            s.text("missed"),
            s.text("precision"),
            s.maybe("recall").orElse(""),
            s.maybe("lead_seconds").map(seconds -> seconds + " s").orElse(""));
      }
      page.table(table);
      page.line(
          "AVERTED: a run acted before, so it counts neither way. LEAD: how early, on average.");
      page.line("Say what came of one: grace judge ID [--false] -m WHY; ids are in --json.");
    }
  }

  /// A source that says what it foretells needs no kind before it.
  private static String source(String kindAndSource) {
    String source = kindAndSource.substring(kindAndSource.indexOf('/') + 1);
    return source.contains(" ") ? source : kindAndSource.toLowerCase(Locale.ROOT);
  }

  public static void topology(Doc edges, Page page) {
    List<Doc> items = edges.items("items");
    if (items.isEmpty()) {
      page.line("No call is declared or was seen.");
      return;
    }
    var table = new Table("CALLER", "CALLED", "SAID BY", "SEEN");
    for (Doc edge : items) {
      for (Doc source : edge.items("sources")) {
        table.row(
            edge.text("from"),
            edge.text("to"),
            source.text("source"),
            source.maybe("seen").isPresent() ? source.moment("seen") : "");
      }
    }
    page.table(table);
  }

  public static void candidates(Doc candidates, Page page) {
    List<Doc> items = candidates.items("items");
    if (items.isEmpty()) {
      page.line("No other open incident is related.");
      return;
    }
    var table = new Table("INCIDENT", "SERVICE", "#SCORE", "WHY");
    for (Doc candidate : items) {
      table.row(
          candidate.text("incident"),
          candidate.text("service"),
          candidate.text("score"),
          candidate.text("reason"));
    }
    page.table(table);
  }
}

package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Figures;
import io.grace.cli.text.Page;
import io.grace.cli.text.Tone;
import java.util.List;

/// What GRACE is doing right now, on one screen.
public final class StatusView {
  /// More would push the rest off the screen.
  private static final int MOST_ROWS = 6;

  private StatusView() {}

  /// @param incidents the newest open ones
  /// @param runs the newest open ones
  public static void show(Doc status, Doc incidents, Doc runs, Page page) {
    headline(status, page);
    Doc life = status.at("life");
    page.fact(
        "GRACE",
        status.text("version") + ", life " + life.text("epoch") + " since " + life.moment("since"));
    page.fact("Policy", brief(life.text("policy")));
    focus(status.at("meta"), page);
    Doc journal = status.at("journal");
    page.fact("Journal", "entry " + journal.text("index") + ", " + brief(journal.text("hash")));
    heard(status, page);
    services(status.items("services"), page);
    incidents(status.whole("open_incidents"), incidents, page);
    runs(status.whole("open_runs"), runs, page);
  }

  private static void headline(Doc status, Page page) {
    Doc paused = status.at("paused");
    if (paused.isPresent()) {
      page.title(
          "PAUSED by "
              + paused.text("by")
              + " since "
              + paused.moment("since")
              + ": "
              + paused.text("reason"),
          Tone.BAD);
    }
    page.title(
        switch (status.word("mode")) {
          case "observe" -> "Mode observe: GRACE records what it would do and touches nothing.";
          case "approve" -> "Mode approve: GRACE acts once people have approved.";
          case "autonomous" -> "Mode autonomous: GRACE acts by itself within the guardrails.";
          case String other -> "Mode " + other;
        });
  }

  private static void focus(Doc meta, Page page) {
    page.fact(
        "Focus",
        meta.word("focus")
            + ", guardrail "
            + meta.word("guardrail")
            + ", distress "
            + meta.text("distress")
            + " of 100 (cycle "
            + meta.text("number")
            + ")");
    meta.items("evidence").stream().limit(MOST_ROWS).forEach(e -> page.fact("", e.text()));
  }

  private static void heard(Doc status, Page page) {
    Doc storm = status.at("storm");
    if (storm.isPresent()) {
      page.fact(
          "STORM",
          "since "
              + storm.moment("since")
              + ", "
              + storm.text("per_minute")
              + " a minute when it began, "
              + storm.text("alerts")
              + " since; nothing is proposed until it is over");
    }
    if (status.whole("alerts") > 0) {
      page.fact("Alerts", status.text("alerts") + " are on: grace alerts");
    }
  }

  private static void services(List<Doc> services, Page page) {
    List<Doc> unwell = services.stream().filter(s -> !s.word("status").equals("healthy")).toList();
    page.heading("Services");
    if (unwell.isEmpty()) {
      page.note(services.isEmpty() ? "none is watched yet" : "all " + services.size() + " healthy");
      return;
    }
    page.note(unwell.size() + " of " + services.size() + " not healthy");
    page.table(HealthView.table(unwell.stream().limit(MOST_ROWS).toList()), "  ");
    more(unwell.size(), "grace status --json", page);
  }

  private static void incidents(long open, Doc incidents, Page page) {
    page.heading("Open incidents: " + open);
    List<Doc> items = incidents.items("items").stream().limit(MOST_ROWS).toList();
    if (!items.isEmpty()) {
      page.table(IncidentView.table(items), "  ");
    }
    more(open, "grace incidents", page);
  }

  private static void runs(long open, Doc runs, Page page) {
    page.heading("Open runs: " + open);
    List<Doc> items = runs.items("items").stream().limit(MOST_ROWS).toList();
    if (!items.isEmpty()) {
      page.table(RunView.table(items), "  ");
    }
    more(open, "grace runs", page);
  }

  private static void more(long all, String command, Page page) {
    if (all > MOST_ROWS) {
      page.note("and " + (all - MOST_ROWS) + " more: " + command);
    }
  }

  /// Enough of a hash for a person to compare.
  static String brief(String hash) {
    return hash.length() == 64 ? "hash " + hash.substring(0, 12) : hash;
  }

  /// For the cycle of a list.
  public static void more(Doc list, Page page) {
    list.maybe("next")
        .ifPresent(next ->
            page.line(
                Figures.count(list.items("items").size(), "row")
                    + " shown; the next ones: --after "
                    + next));
  }
}

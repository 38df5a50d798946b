package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Figures;
import io.grace.cli.text.Page;
import io.grace.cli.text.Table;
import java.util.List;

/// Incidents, in a list and one by one.
public final class IncidentView {
  private IncidentView() {}

  public static void list(Doc incidents, Page page) {
    List<Doc> items = incidents.items("items");
    if (items.isEmpty()) {
      page.line("No incident.");
      return;
    }
    var whole = items.stream().filter(i -> !i.at("merged").isPresent()).toList();
    page.table(table(whole));
    if (whole.size() < items.size()) {
      page.line(
          Figures.count(items.size() - whole.size(), "more incident")
              + " part of these: grace incidents ID, or --json.");
    }
    StatusView.more(incidents, page);
  }

  static Table table(List<Doc> incidents) {
    var table = new Table("INCIDENT", "SERVICE", "SEVERITY", "STATE", "SINCE", "DIAGNOSIS");
    for (Doc incident : incidents) {
      table.row(
          Words.plain(incident.text("id")),
          Words.plain(incident.text("service")),
          Words.cell(incident.word("severity")),
          Words.plain(incident.word("state")),
          Words.plain(incident.moment("since")),
          Words.plain(Words.kind(incident.at("diagnosis"))));
    }
    return table;
  }

  public static void one(Doc incident, Page page) {
    String id = incident.text("id");
    page.title(
        "Incident "
            + id
            + " on "
            + incident.text("service")
            + ": "
            + incident.word("severity")
            + ", "
            + incident.word("state"),
        Words.tone(incident.word("severity")));
    page.fact("Opened", incident.moment("opened"));
    if (incident.whole("reopened") > 0) {
      page.fact(
          "Reopened",
          incident.text("reopened")
              + " times"
              + incident.instant("since").map(s -> ", last " + Figures.moment(s)).orElse(""));
    }
    if (incident.at("resolved_at").isPresent()) {
      page.fact("Resolved", incident.moment("resolved_at") + ", " + incident.word("recovery"));
    }
    incident.maybe("acknowledged_by").ifPresent(by -> page.fact("Looked at", "by " + by));
    escalation(incident.at("escalation"), page);
    incident.maybe("needs_person").ifPresent(why -> page.fact("Needs you", why));
    incident.maybe("last_skip").ifPresent(why -> page.fact("Held back", why));
    Doc merged = incident.at("merged");
    if (merged.isPresent()) {
      page.fact(
          "Part of",
          merged.text("into")
              + ", by "
              + merged.text("by")
              + ": "
              + merged.text("reason")
              + " (score "
              + merged.text("score")
              + ")");
    }
    List<Doc> parts = incident.items("parts");
    if (!parts.isEmpty()) {
      page.fact("Parts", Words.list(parts));
    }
    List<Doc> attempts = incident.items("attempts");
    page.fact("Attempts", Words.list(attempts));
    DiagnosisView.show(incident.at("diagnosis"), page);
    if (incident.word("state").equals("open") && !incident.at("acknowledged_by").isPresent()) {
      page.heading("Next");
      page.note("grace ack " + id);
    }
  }

  private static void escalation(Doc escalation, Page page) {
    if (escalation.isObject()) {
      page.fact("Escalated", escalation.text("reason") + " (" + escalation.moment("at") + ")");
    } else if (escalation.isPresent()) {
      page.fact("Escalated", escalation.text());
    }
  }

  /// What came of a merge or a split.
  public static void grouped(Doc answer, Page page) {
    Doc merged = answer.at("merged");
    page.line(
        "Incident "
            + answer.text("id")
            + (merged.isPresent()
                ? " is part of " + merged.text("into") + " now and looked after with it."
                : " stands for itself; GRACE does not merge it again."));
  }

  /// What came of an acknowledgement.
  public static void acknowledged(Doc answer, Page page) {
    page.line(
        "Incident "
            + answer.text("id")
            + " is looked after by "
            + answer.text("acknowledged_by")
            + "; GRACE goes on as before.");
  }
}

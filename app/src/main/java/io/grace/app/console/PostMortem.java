package io.grace.app.console;

import io.grace.app.console.Sentences.Line;
import io.grace.app.web.IncidentViews.IncidentView;
import io.grace.app.web.RunViews.RunView;
import java.time.Instant;
import java.util.List;

/// The draft of a post-mortem in Markdown.
final class PostMortem {
  private PostMortem() {}

  static String of(IncidentView incident, List<RunView> runs, List<Line> story, Instant now) {
    var text = new StringBuilder();
    line(text, "# " + incident.id() + ": " + safe(title(incident)));
    line(text, "");
    line(text, "| | |");
    line(text, "|---|---|");
    row(text, "Service", incident.service());
    row(text, "Severity", incident.severity());
    row(text, "Opened", Show.clock(incident.opened()));
    row(
        text,
        "Ended",
        incident
            .resolvedAt()
            .map(at -> Show.clock(at) + ", after " + Show.between(incident.opened(), at))
            .orElse("still open after " + Show.between(incident.opened(), now)));
    row(text, "Recovery", incident.recovery().map(Show::words).orElse("none yet"));
    row(text, "Taken on by", incident.acknowledgedBy().orElse("nobody"));
    line(text, "");
    line(text, "## What was wrong");
    line(text, "");
    incident
        .diagnosis()
        .ifPresentOrElse(
            d -> {
              line(text, safe(d.reason()));
              line(text, "");
              d.evidence()
                  .forEach(s ->
                      line(
                          text,
                          "- `"
                              + s.metric()
                              + "` was "
                              + Show.number(s.value())
                              + ", threshold "
                              + Show.number(s.threshold())));
              d.changes()
                  .forEach(c ->
                      line(
                          text,
                          "- changed before: "
                              + safe(c.kind() + " " + c.ref() + " by " + c.by() + " " + c.summary())
                              + ", "
                              + Show.clock(c.at())));
            },
            () -> line(text, "GRACE made no diagnosis."));
    line(text, "");
    line(text, "## What was done");
    line(text, "");
    if (runs.isEmpty()) {
      line(text, "GRACE proposed nothing.");
    }
    for (RunView run : runs) {
      line(
          text,
          "- `"
              + run.playbook()
              + "` ("
              + run.id()
              + "): "
              + Show.words(run.outcome().orElse(run.phase()))
              + run.reason().map(r -> ", " + safe(r)).orElse(""));
    }
    line(text, "");
    line(text, "## Timeline");
    line(text, "");
    for (Line l : story) {
      line(
          text,
          "- "
              + Show.clock(l.entry().at())
              + " "
              + l.entry().actor()
              + " ("
              + l.entry().subject()
              + "): "
              + safe(l.text()));
    }
    line(text, "");
    line(text, "## For people to add");
    line(text, "");
    line(text, "- Who noticed it, and how were users hit?");
    line(text, "- Why did it come to this? Ask five times.");
    line(text, "- What would have found it earlier, or kept it small?");
    line(text, "- Which actions follow, who does them, until when?");
    return text.toString();
  }

  private static String title(IncidentView incident) {
    return incident.diagnosis().map(d -> Show.words(d.kind())).orElse("trouble")
        + " of "
        + incident.service();
  }

  private static void row(StringBuilder text, String name, String value) {
    line(text, "| " + name + " | " + safe(value) + " |");
  }

  /// What came from outside stays text: no markup, no line of its own.
  private static String safe(String text) {
    return text.replaceAll("[\\r\\n]+", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|!])", "\\\\$1");
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}

package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Page;
import io.grace.cli.text.Table;
import java.util.List;

/// What is wrong, how sure that is and what it rests on.
final class DiagnosisView {
  private DiagnosisView() {}

  static void show(Doc diagnosis, Page page) {
    page.heading("Diagnosis");
    if (!diagnosis.isPresent()) {
      page.note("none");
      return;
    }
    if (!diagnosis.isObject()) {
      page.note(diagnosis.text());
      return;
    }
    page.note(
        diagnosis.text("kind")
            + ", severity "
            + diagnosis.word("severity")
            + ", confidence "
            + diagnosis.text("confidence")
            + diagnosis.maybe("caused_by").map(by -> ", caused by " + by).orElse(""));
    diagnosis.maybe("reason").ifPresent(page::note);
    evidence(diagnosis.items("evidence"), page);
    changes(diagnosis.items("changes"), page);
  }

  private static void changes(List<Doc> changes, Page page) {
    if (!changes.isEmpty()) {
      page.note("changed before:");
    }
    for (Doc c : changes) {
      page.item(
          c.moment("at")
              + " "
              + c.word("kind")
              + " of "
              + c.text("service")
              + " "
              + c.text("ref")
              + c.maybe("by").filter(by -> !by.isEmpty()).map(by -> " by " + by).orElse("")
              + c.maybe("summary").filter(s -> !s.isEmpty()).map(s -> ": " + s).orElse(""));
    }
  }

  private static void evidence(List<Doc> evidence, Page page) {
    if (evidence.isEmpty()) {
      return;
    }
    if (!evidence.getFirst().isObject()) {
      evidence.forEach(e -> page.item(e.text()));
      return;
    }
    var table = new Table("METRIC", "#VALUE", "#THRESHOLD", "#STRENGTH");
    evidence.forEach(
        e -> table.row(e.text("metric"), e.text("value"), e.text("threshold"), e.text("strength")));
    page.table(table, "  ");
    evidence.stream()
        .flatMap(e -> e.maybe("origin").stream())
        .filter(o -> !o.isEmpty())
        .distinct()
        .forEach(o -> page.note("asked: " + o));
  }
}

package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Page;
import io.grace.cli.text.Table;
import java.util.List;

/// Why a run came about and what it did: every number, rule and decision on the way.
public final class StoryView {
  private StoryView() {}

  /// @param run as it is now
  /// @param story its journal entries, in order
  public static void show(Doc run, Doc story, Page page) {
    List<Doc> entries = story.items("entries");
    Doc proposed = payloadOf("run.proposed", entries);
    Doc proposal = proposed.at("proposal");
    RunView.summary(run, page);
    Doc diagnosis = run.at("diagnosis");
    DiagnosisView.show(diagnosis.isObject() ? diagnosis : proposal.at("diagnosis"), page);
    candidates(
        run.at("candidates").isPresent() ? run.items("candidates") : proposal.items("candidates"),
        page);
    PlanView.show(run, page);
    gate("Gate, when proposed", proposed, page);
    gate("Gate, when admitted", payloadOf("run.admitted", entries), page);
    gate("Gate, when denied", payloadOf("run.denied", entries), page);
    Timeline.show(entries, run, page);
    outcome(run, page);
  }

  private static Doc payloadOf(String kind, List<Doc> entries) {
    return entries.stream()
        .filter(e -> e.text("kind").equals(kind))
        .findFirst()
        .map(e -> e.at("payload").unfolded())
        .orElse(Doc.NONE);
  }

  private static void candidates(List<Doc> candidates, Page page) {
    if (candidates.isEmpty()) {
      return;
    }
    page.heading("Candidates");
    var table = new Table("#SCORE", "#CHANCE", "PLAYBOOK", "", "WHY");
    for (Doc candidate : candidates) {
      var passedOver = candidate.maybe("passed_over");
      String why = candidate.text("reason");
      table.row(
          candidate.text("score"),
          candidate.text("propensity"),
          candidate.text("playbook"),
          passedOver.isEmpty() ? "chosen" : "passed over",
          passedOver.map(p -> p + "; " + why).orElse(why));
    }
    page.table(table, "  ");
  }

  private static void gate(String heading, Doc payload, Page page) {
    List<Doc> receipts = payload.items("receipts");
    if (receipts.isEmpty()) {
      return;
    }
    page.heading(heading);
    PlanView.receipts(receipts, page);
    payload.maybe("verdict").ifPresent(verdict -> page.note("Verdict: " + verdict));
  }

  private static void outcome(Doc run, Page page) {
    page.heading("Outcome");
    if (!run.at("outcome").isPresent()) {
      page.note("not decided yet: " + run.word("phase"));
      return;
    }
    page.note(
        run.word("outcome")
            + (run.isTrue("acted") ? "" : ", without having done anything")
            + run.maybe("aftermath")
                .filter("unsure"::equalsIgnoreCase)
                .map(_ -> "; something may be half done: a person must look")
                .orElse("")
            + run.maybe("reason").map(why -> ": " + why).orElse(""));
  }
}

package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Page;
import io.grace.cli.text.Table;
import java.util.List;

/// Runs, in a list and one by one.
public final class RunView {
  private RunView() {}

  public static void list(Doc runs, Page page) {
    List<Doc> items = runs.items("items");
    if (items.isEmpty()) {
      page.line("No run.");
      return;
    }
    page.table(table(items));
    StatusView.more(runs, page);
  }

  static Table table(List<Doc> runs) {
    var table = new Table("RUN", "SERVICE", "PLAYBOOK", "PHASE", "PROPOSED");
    for (Doc run : runs) {
      table.row(
          Words.plain(run.text("id")),
          Words.plain(run.text("service")),
          Words.plain(run.text("playbook")),
          Words.cell(run.word("phase")),
          Words.plain(run.moment("proposed_at")));
    }
    return table;
  }

  public static void one(Doc run, Page page) {
    summary(run, page);
    PlanView.show(run, page);
    next(run, page);
  }

  /// What a person must see before agreeing.
  public static void forApproval(Doc run, Page page) {
    summary(run, page);
    PlanView.show(run, page);
  }

  static void summary(Doc run, Page page) {
    title(run, page);
    run.maybe("incident").ifPresent(incident -> page.fact("Incident", incident));
    page.fact("Diagnosis", Words.kind(run.at("diagnosis")));
    page.fact(
        "Proposed",
        run.moment("proposed_at")
            + " for "
            + run.text("requested_by")
            + " in mode "
            + run.word("mode"));
    run.maybe("ended_at").ifPresent(_ -> page.fact("Ended", run.moment("ended_at")));
    run.maybe("limit").ifPresent(_ -> page.fact("Limit", run.moment("limit")));
    run.maybe("deferred_until")
        .ifPresent(_ -> page.fact("Deferred", "until " + run.moment("deferred_until")));
    run.maybe("reason").ifPresent(why -> page.fact("Reason", why));
    if (run.at("verdict").isPresent()) {
      page.fact("Verdict", PlanView.verdict(run.at("verdict")));
    }
    run.maybe("question").ifPresent(asked -> page.fact("Question", asked));
    for (Doc question : run.items("questions")) {
      page.fact(
          "Question",
          question.text("question")
              + " ("
              + question.text("wanted")
              + ", step "
              + question.text("step")
              + ", until "
              + question.moment("limit")
              + ")");
    }
    approvals(run.items("approvals"), page);
  }

  static void title(Doc run, Page page) {
    page.title(
        "Run "
            + run.text("id")
            + ": "
            + run.text("playbook")
            + " v"
            + run.text("version")
            + " on "
            + run.text("service")
            + ", "
            + run.word("phase"),
        Words.tone(run.word("phase")));
  }

  private static void approvals(List<Doc> approvals, Page page) {
    for (Doc approval : approvals) {
      page.fact(
          "Approved",
          "by "
              + approval.text("by")
              + " ("
              + approval.word("scope")
              + "), "
              + approval.moment("at"));
    }
  }

  private static void next(Doc run, Page page) {
    String id = run.text("id");
    page.heading("Next");
    page.note("grace why " + id);
    if (run.at("question").isPresent()) {
      page.note("grace answer " + id + " passed|failed -m REASON");
    } else if (!run.items("questions").isEmpty()) {
      page.note("grace answer " + id + " ANSWER -m REASON");
    } else if (run.word("phase").equals("proposed")) {
      page.note("grace approve " + id + " -m REASON");
      page.note("grace reject " + id + " -m REASON");
    }
  }

  /// What came of a decision.
  public static void decided(Doc answer, Page page) {
    page.line(
        "Run "
            + (answer.at("run").isObject() ? answer.at("run").text("id") : answer.text("run"))
            + " is "
            + (answer.at("phase").isPresent() ? answer.word("phase") : "proposed")
            + ".");
  }
}

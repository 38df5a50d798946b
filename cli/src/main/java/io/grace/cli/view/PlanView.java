package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Page;
import io.grace.cli.text.Table;
import java.util.List;
import java.util.stream.Collectors;

/// What would be done, what it can hurt, and what the gate says.
public final class PlanView {
  private PlanView() {}

  /// @param of a run, or the answer to a request for a plan
  public static void show(Doc of, Page page) {
    Doc plan = of.at("plan");
    page.heading("Plan");
    int number = 1;
    for (Doc step : plan.items("steps")) {
      page.point(number++, step.text("name") + ": " + step(step));
    }
    page.note("Verified by " + verification(plan.at("verification")));
    page.note(
        "Impact "
            + plan.word("impact")
            + (plan.isTrue("reversible") ? ", reversible" : ", NOT reversible")
            + ", all within "
            + plan.duration("timeout"));
    page.note("Blast radius: " + blast(of.at("blast_radius")));
    page.note("Hash " + of.text("hash"));
  }

  private static String step(Doc step) {
    String limit = ", within " + step.duration("timeout");
    String what =
        switch (step.text("kind")) {
          case "choose" -> "choose " + step.text("says");
          case "await" -> "wait until " + step.text("says") + limit;
          case "ask" -> "ask: " + step.text("says") + limit;
          case "judge" -> "judge whether " + step.text("says") + limit;
          case "pace" -> "go faster if " + step.text("says") + ", else slower";
          default -> Words.action(step) + limit + "; " + undo(step.at("compensation"));
        };
    List<Doc> when = step.items("when");
    return when.isEmpty() ? what : what + "; only if " + Words.list(when);
  }

  private static String undo(Doc compensation) {
    if (!compensation.isPresent()) {
      return "nothing to undo";
    }
    return "undo: " + (compensation.isObject() ? Words.action(compensation) : compensation.text());
  }

  static String verification(Doc verification) {
    String checks =
        verification.items("checks").stream().map(Words::check).collect(Collectors.joining(", "));
    return checks
        + " in "
        + verification.text("samples")
        + " samples, from "
        + verification.duration("stabilisation")
        + " after the last step; condemned by "
        + verification.text("failures")
        + " bad ones"
        + verification.maybe("failure").map(f -> " of " + f).orElse("")
        + "; within "
        + verification.duration("timeout");
  }

  static String blast(Doc blast) {
    List<Doc> dependents = blast.items("dependents");
    return dependents.isEmpty()
        ? "no other service depends on it"
        : dependents.size()
            + " dependent ("
            + blast.text("percent")
            + "% of all): "
            + Words.list(dependents);
  }

  /// Every rule of the gate with its ruling.
  public static void receipts(List<Doc> receipts, Page page) {
    var table = new Table("RULING", "RULE", "WHY");
    for (Doc receipt : receipts) {
      table.row(
          Words.cell(receipt.word("ruling")),
          Words.plain(receipt.text("rule")),
          Words.plain(receipt.text("why")));
    }
    if (!table.isEmpty()) {
      page.table(table, "  ");
    }
  }

  /// The answer to a request for a plan.
  public static void proposed(Doc answer, Page page) {
    show(answer, page);
    if (answer.at("verdict").isPresent()) {
      page.heading("Gate");
      receipts(answer.items("receipts"), page);
      page.note("Verdict: " + verdict(answer.at("verdict")));
    }
  }

  static String verdict(Doc verdict) {
    return verdict.isObject() ? verdict.text("reason") : verdict.text();
  }
}

package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Figures;
import io.grace.cli.text.Page;
import io.grace.cli.text.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// The journal entries of a run, each with its time since the proposal.
final class Timeline {
  private Timeline() {}

  static void show(List<Doc> entries, Doc run, Page page) {
    page.heading("Timeline, from the proposal");
    Optional<Instant> zero =
        entries.isEmpty() ? run.instant("proposed_at") : entries.getFirst().instant("at");
    for (Doc entry : entries) {
      Doc payload = entry.at("payload").unfolded();
      page.moment(offset(zero, entry), what(entry, payload), tone(payload));
    }
    if (entries.isEmpty()) {
      page.note("no entry");
    }
  }

  private static String offset(Optional<Instant> zero, Doc entry) {
    Optional<Instant> at = entry.instant("at");
    return zero.isPresent() && at.isPresent()
        ? Figures.offset(Duration.between(zero.get(), at.get()))
        : "?";
  }

  private static Tone tone(Doc payload) {
    String word =
        payload.at("outcome").isPresent() ? payload.word("outcome") : payload.word("finding");
    return Words.tone(word);
  }

  private static String what(Doc entry, Doc p) {
    String by = entry.text("actor");
    return switch (entry.text("kind")) {
      case "run.proposed" -> "proposed by " + by + "; " + p.text("verdict");
      case "run.approved" ->
          "approved by " + by + " (" + p.word("scope") + ")" + because(p.text("reason"));
      case "run.admitted" ->
          "admitted, " + rulings(p.items("receipts")) + "; must end by " + p.moment("deadline");
      case "run.rejected" -> "rejected by " + by + because(p.text("reason"));
      case "run.denied" -> "denied by the gate" + because(p.text("reason"));
      case "run.deferred" -> "deferred until " + p.moment("until") + because(p.text("reason"));
      case "run.verified" -> "verified: " + p.word("finding") + because(p.text("detail"));
      case "run.answered" ->
          "answered by " + by + ": " + p.word("finding") + because(p.text("reason"));
      case "run.expired" -> "expired" + because(p.text("reason"));
      case "run.cancelled" -> "cancelled by " + by + because(p.text("reason"));
      case "run.observed" ->
          "observed for "
              + span(p)
              + ": the service "
              + (p.isTrue("recovered") ? "recovered by itself" : "did not recover by itself")
              + "; the gate would have said: "
              + p.text("would");
      case "step.started" ->
          step(p)
              + " started"
              + attempt(p)
              + (p.items("receipts").isEmpty() ? "" : ", " + rulings(p.items("receipts")));
      case "step.ended" ->
          step(p) + attempt(p) + ": " + p.word("outcome") + because(p.text("detail"));
      case "step.checked" -> step(p) + " checked: " + p.word("finding") + because(p.text("detail"));
      case "compensation.started" -> "undo of " + step(p) + " started";
      case "compensation.ended" ->
          "undo of " + step(p) + ": " + p.word("outcome") + because(p.text("detail"));
      case String other -> other + " by " + by;
    };
  }

  /// `after` is a duration in ISO form or in milliseconds, depending on who wrote it.
  private static String span(Doc payload) {
    if (payload.at("after_ms").isPresent()) {
      return payload.duration("after");
    }
    try {
      return Figures.duration(Duration.parse(payload.text("after")));
    } catch (DateTimeParseException _) {
      return payload.text("after");
    }
  }

  /// People count from 1.
  private static String step(Doc payload) {
    return "step " + (payload.whole("step") + 1);
  }

  private static String attempt(Doc payload) {
    long attempt = payload.whole("attempt");
    return attempt == 0 ? "" : ", attempt " + (attempt + 1);
  }

  private static String because(String reason) {
    return reason.equals("-") || reason.isBlank() ? "" : ": " + reason;
  }

  private static String rulings(List<Doc> receipts) {
    List<String> others =
        receipts.stream()
            .filter(r -> !r.word("ruling").equals("passed"))
            .map(r -> r.text("rule") + " " + r.word("ruling"))
            .toList();
    String all = Figures.count(receipts.size(), "rule");
    return others.isEmpty() ? all + " passed" : all + ", but " + String.join(", ", others);
  }
}

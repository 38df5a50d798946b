package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Table.Cell;
import io.grace.cli.text.Tone;
import java.util.List;
import java.util.stream.Collectors;

/// How single things read wherever they appear.
final class Words {
  private Words() {}

  static Tone tone(String word) {
    return switch (word) {
      case "critical", "failed", "denied", "down", "aborted", "unsure" -> Tone.BAD;
      case "degraded", "high", "asks", "deferred", "rolled_back", "inconclusive", "unknown" ->
          Tone.WARN;
      case "healthy", "succeeded", "passed", "up", "done" -> Tone.GOOD;
      default -> Tone.PLAIN;
    };
  }

  static Cell cell(String word) {
    return new Cell(word, tone(word));
  }

  static Cell plain(String text) {
    return new Cell(text, Tone.PLAIN);
  }

  /// `error_ratio 0.31 (0.05)`.
  static String symptom(Doc symptom) {
    return symptom.text("metric")
        + " "
        + symptom.text("value")
        + " ("
        + symptom.text("threshold")
        + ")";
  }

  /// The strongest, which the server puts first.
  static String firstSymptom(Doc health) {
    List<Doc> symptoms = health.items("symptoms");
    return symptoms.isEmpty() ? "-" : symptom(symptoms.getFirst());
  }

  /// `restart_instances orders count=1`, from the API's form or the journal's.
  static String action(Doc step) {
    Doc action = step.at("action").isObject() ? step.at("action") : step;
    String name = action.at("action").isPresent() ? action.text("action") : action.text("name");
    String arguments =
        action.at("arguments").fields().entrySet().stream()
            .map(a -> " " + a.getKey() + "=" + a.getValue().text())
            .collect(Collectors.joining());
    return name + " on " + action.text("target") + arguments;
  }

  /// `error_ratio < 0.05`, given as text or in parts.
  static String check(Doc check) {
    if (!check.isObject()) {
      return check.text();
    }
    String target = check.maybe("target").map(t -> t + ".").orElse("");
    return target
        + check.text("metric")
        + " "
        + sign(check.text("comparison"))
        + " "
        + check.text("value");
  }

  private static String sign(String comparison) {
    return switch (comparison) {
      case "LESS", "less" -> "<";
      case "AT_MOST", "at_most" -> "<=";
      case "EQUAL", "equal" -> "==";
      case "AT_LEAST", "at_least" -> ">=";
      case "GREATER", "greater" -> ">";
      default -> comparison;
    };
  }

  static String list(List<Doc> texts) {
    return texts.isEmpty()
        ? "none"
        : texts.stream().map(Doc::text).collect(Collectors.joining(", "));
  }

  /// Its kind, whether the server gives the whole diagnosis or only that.
  static String kind(Doc diagnosis) {
    return diagnosis.isObject() ? diagnosis.text("kind") : diagnosis.text();
  }
}

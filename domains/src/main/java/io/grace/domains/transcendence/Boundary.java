package io.grace.domains.transcendence;

import io.grace.core.model.Check.Comparison;
import io.grace.core.policy.TriageRule;

/// What names a diagnosis, what shows that it is over, and a value on either side. *Immutable.*
record Boundary(TriageRule rule) {
  /// Holds while the service has the diagnosis.
  String claim() {
    return claim(rule.comparison());
  }

  /// Holds if and only if [#claim] does not.
  String healed() {
    return switch (rule.comparison()) {
      case LESS -> claim(Comparison.AT_LEAST);
      case AT_MOST -> claim(Comparison.GREATER);
      case AT_LEAST -> claim(Comparison.LESS);
      case GREATER -> claim(Comparison.AT_MOST);
      case EQUAL -> claim(Comparison.LESS) + " || " + claim(Comparison.GREATER);
    };
  }

  private String claim(Comparison comparison) {
    double value = rule.value();
    String number =
        value == Math.rint(value) && Math.abs(value) < 1e15
            ? Long.toString((long) value)
            : Double.toString(value);
    return rule.metric() + " " + comparison.symbol() + " " + number;
  }

  double sick() {
    return switch (rule.comparison()) {
      case LESS -> beyond(false);
      case GREATER -> beyond(true);
      case AT_MOST, AT_LEAST, EQUAL -> rule.value();
    };
  }

  double well() {
    return switch (rule.comparison()) {
      case LESS, AT_MOST, EQUAL -> beyond(true);
      case GREATER, AT_LEAST -> beyond(false);
    };
  }

  /// Away from the boundary, to the side of more or of less.
  private double beyond(boolean isMore) {
    double value = rule.value();
    double step = Math.max(Math.abs(value) / 2, value == Math.rint(value) ? 1 : 0);
    return isMore ? value + step : value - step;
  }
}

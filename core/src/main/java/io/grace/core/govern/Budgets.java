package io.grace.core.govern;

import io.grace.core.model.BlastRadius;
import io.grace.core.model.MetaCycle.Guardrail;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SloReading;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/// Autonomy shrinks with the error budget: what users have left to bear is what GRACE may risk.
final class Budgets {
  /// Below this share of its budget a service gets the tight guardrail.
  static final double LOW = 0.25;

  private Budgets() {}

  /// The objective with the least budget left, of all services that the plan can hurt.
  static Optional<SloReading> worst(Ask ask) {
    BlastRadius radius = ask.proposal().blastRadius();
    Set<ServiceId> targets = radius.targets();
    return ask.snapshot().sensed().slos().values().stream()
        .filter(s -> targets.contains(s.service()) || radius.dependents().contains(s.service()))
        .min(Comparator.comparingDouble(SloReading::budgetLeft).thenComparing(SloReading::slo));
  }

  /// The one of the meta cycle, or the tight one if the budget is low.
  static Guardrail guardrail(Ask ask, Optional<SloReading> worst) {
    return worst.isPresent() && worst.get().budgetLeft() < LOW
        ? Guardrail.TIGHT
        : ask.snapshot().metaCycle().guardrail();
  }
}

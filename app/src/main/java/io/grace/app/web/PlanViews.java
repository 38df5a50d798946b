package io.grace.app.web;

import io.grace.core.model.Action;
import io.grace.core.model.Argument;
import io.grace.core.model.BlastRadius;
import io.grace.core.model.Check;
import io.grace.core.model.Plan;
import io.grace.core.model.Retries;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Verification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plans in the words of the API.
final class PlanViews {
  private PlanViews() {}

  /// A value in its own JSON type.
  static Object plain(Argument argument) {
    return switch (argument) {
      case Argument.Text(String value) -> value;
      case Argument.Whole(long value) -> value;
      case Argument.Decimal(double value) -> value;
      case Argument.Flag(boolean value) -> value;
    };
  }

  record ActionView(String action, String target, Map<String, Object> arguments) {
    static ActionView of(Action a) {
      return new ActionView(a.name(), a.target().value(), arguments(a));
    }

    private static Map<String, Object> arguments(Action a) {
      var arguments = new LinkedHashMap<String, Object>();
      a.sortedArguments().forEach((name, value) -> arguments.put(name, plain(value)));
      return arguments;
    }
  }

  record RetriesView(int max, long backoffMs) {
    static RetriesView of(Retries r) {
      return new RetriesView(r.max(), r.backoff().toMillis());
    }
  }

  /// @param checks such as `orders.error_ratio < 0.05`
  record VerificationView(
      List<String> checks, long stabilisationMs, int samples, int failures, long timeoutMs) {
    static VerificationView of(Verification v) {
      return new VerificationView(
          v.checks().stream().map(Check::toString).toList(),
          v.stabilisation().toMillis(),
          v.samples(),
          v.failures(),
          v.timeout().toMillis());
    }
  }

  /// @param compensation null if there is nothing to take back, or nothing can
  record StepView(
      String name,
      String action,
      String target,
      Map<String, Object> arguments,
      long timeoutMs,
      RetriesView retries,
      Optional<VerificationView> check,
      Optional<ActionView> compensation) {
    static StepView of(Plan.Step s) {
      return new StepView(
          s.name(),
          s.action().name(),
          s.action().target().value(),
          ActionView.arguments(s.action()),
          s.timeout().toMillis(),
          RetriesView.of(s.retries()),
          s.check().map(VerificationView::of),
          s.compensation().map(ActionView::of));
    }
  }

  record PlanView(
      String playbook,
      int version,
      String service,
      List<String> preconditions,
      List<StepView> steps,
      VerificationView verification,
      String impact,
      boolean reversible,
      long timeoutMs) {
    static PlanView of(Plan p) {
      return new PlanView(
          p.playbook().value(),
          p.version(),
          p.service().value(),
          p.preconditions().stream().map(Check::toString).toList(),
          p.steps().stream().map(StepView::of).toList(),
          VerificationView.of(p.verification()),
          Words.of(p.impact()),
          p.reversible(),
          p.timeout().toMillis());
    }
  }

  /// @param percent of the known services, 0–100
  record BlastRadiusView(List<String> targets, List<String> dependents, double percent) {
    static BlastRadiusView of(BlastRadius r) {
      return new BlastRadiusView(
          r.targets().stream().sorted().map(ServiceId::value).toList(),
          r.dependents().stream().sorted().map(ServiceId::value).toList(),
          r.percent());
    }
  }
}

package io.grace.app.web;

import io.grace.core.model.Action;
import io.grace.core.model.Argument;
import io.grace.core.model.BlastRadius;
import io.grace.core.model.Condition;
import io.grace.core.model.Plan;
import io.grace.core.model.Retries;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Verification;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Run;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Plans in the words of the API.
public final class PlanViews {
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

  public record ActionView(String action, String target, Map<String, Object> arguments) {
    static ActionView of(Action a) {
      return new ActionView(a.name(), a.target().value(), arguments(a));
    }

    private static Map<String, Object> arguments(Action a) {
      var arguments = new LinkedHashMap<String, Object>();
      a.sortedArguments().forEach((name, value) -> arguments.put(name, plain(value)));
      return arguments;
    }
  }

  public record RetriesView(int max, long backoffMs, int factor) {
    static RetriesView of(Retries r) {
      return new RetriesView(r.max(), r.backoff().toMillis(), r.factor());
    }
  }

  /// @param checks such as `orders.error_ratio < 0.05`
  /// @param failure what condemns; null if it is that a check does not hold
  /// @param intervalMs least time between two samples; 0 takes every one
  /// @param errors intervals without a sample after which a person is asked; 0 if none
  public record VerificationView(
      List<String> checks,
      Optional<String> failure,
      long stabilisationMs,
      long intervalMs,
      int samples,
      int failures,
      int errors,
      long timeoutMs) {
    static VerificationView of(Verification v) {
      return new VerificationView(
          v.checks().stream().map(Condition::toString).toList(),
          v.failure().map(Condition::toString),
          v.stabilisation().toMillis(),
          v.interval().toMillis(),
          v.samples(),
          v.failures(),
          v.errors(),
          v.timeout().toMillis());
    }
  }

  /// @param kind `act`, `choose`, `await`, `ask`, `judge` or `pace`
  /// @param action null if the step does not act; so are target, arguments, retries
  /// @param says a condition, a question or several conditions, in words
  /// @param after names of the steps that must be over before
  /// @param when what must have come of earlier steps, such as `which: case 1`
  /// @param timeoutMs of one attempt
  /// @param compensation null if there is nothing to take back, or nothing can
  public record StepView(
      String name,
      String kind,
      Optional<String> action,
      Optional<String> target,
      Optional<Map<String, Object>> arguments,
      Optional<String> says,
      List<String> after,
      List<String> when,
      long timeoutMs,
      Optional<RetriesView> retries,
      Optional<VerificationView> check,
      Optional<ActionView> compensation,
      boolean goesOn) {
    static StepView of(Plan.Step s, Plan plan) {
      Optional<Plan.Act> act = s.act();
      return new StepView(
          s.name(),
          kind(s.work()),
          act.map(a -> a.action().name()),
          act.map(a -> a.action().target().value()),
          act.map(a -> ActionView.arguments(a.action())),
          says(s.work()),
          s.after().stream().map(i -> plan.steps().get(i).name()).toList(),
          s.when().stream().map(g -> guard(g, plan)).toList(),
          act.map(Plan.Act::timeout).orElse(s.longest()).toMillis(),
          act.map(a -> RetriesView.of(a.retries())),
          act.flatMap(Plan.Act::check).map(VerificationView::of),
          s.compensation().map(ActionView::of),
          act.map(Plan.Act::goesOn).orElse(false));
    }

    static String kind(Plan.Work work) {
      return switch (work) {
        case Plan.Act _ -> "act";
        case Plan.Choose _ -> "choose";
        case Plan.Await _ -> "await";
        case Plan.Ask _ -> "ask";
        case Plan.Judge _ -> "judge";
        case Plan.Pacing _ -> "pace";
      };
    }

    private static Optional<String> says(Plan.Work work) {
      return switch (work) {
        case Plan.Act _ -> Optional.empty();
        case Plan.Choose(List<Condition> cases) ->
            Optional.of(
                IntStream.range(0, cases.size())
                    .mapToObj(i -> "case " + (i + 1) + ": " + cases.get(i))
                    .collect(Collectors.joining("; ")));
        case Plan.Await(Condition until, _, _) -> Optional.of(until.toString());
        case Plan.Ask ask -> Optional.of(ask.question() + " (" + ask.answer().wanted() + ")");
        case Plan.Judge(Verification v) -> Optional.of(v.success().toString());
        case Plan.Pacing(_, Condition good) -> Optional.of(good.toString());
      };
    }

    private static String guard(Plan.Guard guard, Plan plan) {
      return plan.steps().get(guard.step()).name()
          + ": "
          + guard.results().stream()
              .map(Argument::toString)
              .sorted()
              .collect(Collectors.joining(" or "));
    }
  }

  /// Where a step of an open run stands.
  ///
  /// @param state `pending`, `due`, `acting`, `checking`, `open` or `over`
  /// @param result what came of it; null while it is not over
  public record ProgressView(
      String step, String state, Optional<Object> result, Optional<Instant> since) {
    static List<ProgressView> of(Run.Working run) {
      return IntStream.range(0, run.progress().places().size())
          .mapToObj(i -> of(run.plan().steps().get(i).name(), run.progress().place(i)))
          .toList();
    }

    private static ProgressView of(String step, Place place) {
      return switch (place) {
        case Place.Pending() ->
            new ProgressView(step, "pending", Optional.empty(), Optional.empty());
        case Place.Due(_, Instant notBefore) ->
            new ProgressView(step, "due", Optional.empty(), Optional.of(notBefore));
        case Place.Acting(_, _, Instant since) ->
            new ProgressView(step, "acting", Optional.empty(), Optional.of(since));
        case Place.Checking(Instant since) ->
            new ProgressView(step, "checking", Optional.empty(), Optional.of(since));
        case Place.Open(Instant since) ->
            new ProgressView(step, "open", Optional.empty(), Optional.of(since));
        case Place.Over(Argument result, Instant at) ->
            new ProgressView(step, "over", Optional.of(plain(result)), Optional.of(at));
      };
    }
  }

  public record PlanView(
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
          p.preconditions().stream().map(Condition::toString).toList(),
          p.steps().stream().map(s -> StepView.of(s, p)).toList(),
          VerificationView.of(p.verification()),
          Words.of(p.impact()),
          p.reversible(),
          p.timeout().toMillis());
    }
  }

  /// @param percent of the known services, 0–100
  public record BlastRadiusView(List<String> targets, List<String> dependents, double percent) {
    static BlastRadiusView of(BlastRadius r) {
      return new BlastRadiusView(
          r.targets().stream().sorted().map(ServiceId::value).toList(),
          r.dependents().stream().sorted().map(ServiceId::value).toList(),
          r.percent());
    }
  }
}

package io.grace.core.model;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes a playbook definite for a service, and gives a plan its hash.
public final class Plans {
  /// How long the preconditions of a playbook within another one are waited for: long enough for a
  /// fresh sample.
  public static final Duration PRECONDITIONS = Duration.ofSeconds(30);

  private Plans() {}

  /// The playbook with this service's settings, for nothing in particular.
  ///
  /// @throws IllegalArgumentException as the other one
  public static Plan of(Playbook playbook, ServiceId service, Map<String, Argument> settings) {
    return of(playbook, service, settings, Occasion.NONE);
  }

  /// The playbook with this service's settings.
  ///
  /// @param settings values for the playbook's parameters; a parameter without default must be
  ///   there, or in the evidence
  /// @throws IllegalArgumentException naming the parameter that is missing, unknown or out of
  ///   bounds, or what else keeps the plan from being made
  public static Plan of(
      Playbook playbook, ServiceId service, Map<String, Argument> settings, Occasion occasion) {
    var values = values(playbook, service, settings, occasion);
    var scope = scope(service, values);
    var unrolling = new Unrolling(occasion);
    unrolling.playbook(playbook, service, values);
    return new Plan(
        playbook.id(),
        playbook.version(),
        service,
        playbook.preconditions().stream().map(c -> c.with(scope)).toList(),
        unrolling.steps(),
        unrolling.groups(),
        playbook.verification().with(scope),
        playbook.impact(),
        playbook.isReversible(),
        playbook.timeout());
  }

  /// Names outside of any step.
  public static Condition.Scope scope(ServiceId service, Map<String, Argument> values) {
    return new Condition.Scope() {
      @Override
      public ServiceId service() {
        return service;
      }

      @Override
      public Argument parameter(String name) {
        var value = values.get(name);
        if (value == null) {
          throw new IllegalArgumentException("no such parameter: " + name);
        }
        return value;
      }

      @Override
      public String step(String name) {
        throw new IllegalArgumentException("no step is over here: " + name);
      }
    };
  }

  static Map<String, Argument> values(
      Playbook playbook, ServiceId service, Map<String, Argument> settings, Occasion occasion) {
    for (String name : settings.keySet()) {
      if (!playbook.parameters().containsKey(name)) {
        throw new IllegalArgumentException(playbook.id() + " has no parameter " + name);
      }
    }
    var values = new HashMap<String, Argument>();
    new TreeMap<>(playbook.parameters())
        .forEach((name, parameter) -> {
          Argument value =
              Optional.ofNullable(settings.get(name))
                  .or(() -> evidence(parameter, occasion))
                  .or(parameter::defaultValue)
                  .orElseThrow(() -> missing(playbook, name, parameter, service));
          if (!parameter.bound().admits(value)) {
            throw new IllegalArgumentException(
                playbook.id()
                    + "."
                    + name
                    + " must be "
                    + parameter.bound().wanted()
                    + ": "
                    + value);
          }
          values.put(name, value);
        });
    return values;
  }

  private static Optional<Argument> evidence(Playbook.Parameter parameter, Occasion occasion) {
    return parameter
        .from()
        .flatMap(from -> occasion.diagnosis().flatMap(d -> from.of(d, parameter.bound())));
  }

  private static IllegalArgumentException missing(
      Playbook playbook, String name, Playbook.Parameter parameter, ServiceId service) {
    return new IllegalArgumentException(
        playbook.id()
            + "."
            + name
            + parameter
                .from()
                .map(from -> " is not in the evidence and not set for ")
                .orElse(" must be set for ")
            + service);
  }

  /// What an approval is bound to: every step, target, argument, limit and check of the plan, and
  /// the policy it was made under.
  public static Hash hash(Plan plan, Hash policy) {
    var text = new StringBuilder("grace-plan-v2\n").append(policy).append('\n');
    field(text, plan.playbook().value());
    field(text, Integer.toString(plan.version()));
    field(text, plan.service().value());
    field(text, plan.impact().name());
    field(text, Boolean.toString(plan.reversible()));
    field(text, plan.timeout().toString());
    count(text, plan.preconditions().size());
    plan.preconditions().forEach(c -> field(text, c.toString()));
    verification(text, plan.verification());
    count(text, plan.groups().size());
    plan.groups().forEach(g -> field(text, g.toString()));
    count(text, plan.steps().size());
    for (Plan.Step step : plan.steps()) {
      field(text, step.name());
      field(text, step.after().toString());
      field(text, step.slot().toString());
      count(text, step.when().size());
      for (Plan.Guard guard : step.when()) {
        count(text, guard.step());
        var results = new TreeSet<String>();
        guard.results().forEach(r -> results.add(r.getClass().getSimpleName() + " " + r));
        count(text, results.size());
        results.forEach(r -> field(text, r));
      }
      work(text, step.work());
    }
    return Hash.sha256(text.toString());
  }

  private static void work(StringBuilder text, Plan.Work work) {
    field(text, work.getClass().getSimpleName());
    switch (work) {
      case Plan.Act a -> {
        action(text, a.action());
        field(text, a.timeout().toString());
        field(text, a.retries().toString());
        a.check().ifPresentOrElse(c -> verification(text, c), () -> field(text, "no check"));
        a.compensation().ifPresentOrElse(c -> action(text, c), () -> field(text, "no undo"));
        field(text, Boolean.toString(a.goesOn()));
      }
      case Plan.Choose c -> {
        count(text, c.cases().size());
        c.cases().forEach(it -> field(text, it.toString()));
      }
      case Plan.Await w -> {
        field(text, w.until().toString());
        field(text, w.timeout().toString());
        field(text, Boolean.toString(w.goesOn()));
      }
      case Plan.Ask q -> {
        field(text, q.question());
        field(text, q.answer().wanted());
        field(text, q.timeout().toString());
        field(
            text,
            q.otherwise().map(o -> o.getClass().getSimpleName() + " " + o).orElse("no answer"));
      }
      case Plan.Judge j -> verification(text, j.verification());
      case Plan.Pacing p -> {
        count(text, p.group());
        field(text, p.good().toString());
      }
    }
  }

  private static void verification(StringBuilder text, Verification v) {
    count(text, v.checks().size());
    v.checks().forEach(c -> field(text, c.toString()));
    field(text, v.failure().map(Condition::toString).orElse("implied"));
    field(text, v.stabilisation().toString());
    field(text, v.interval().toString());
    count(text, v.samples());
    count(text, v.failures());
    count(text, v.errors());
    field(text, v.timeout().toString());
  }

  private static void action(StringBuilder text, Action action) {
    field(text, action.name());
    field(text, action.target().value());
    count(text, action.arguments().size());
    action
        .sortedArguments()
        .forEach((name, value) -> {
          field(text, name);
          field(text, value.getClass().getSimpleName());
          field(text, value.toString());
        });
  }

  private static void count(StringBuilder text, int count) {
    field(text, Integer.toString(count));
  }

  /// With its length in front, so that no two field lists read the same.
  private static void field(StringBuilder text, String value) {
    text.append(value.length()).append(':').append(value).append('\n');
  }
}

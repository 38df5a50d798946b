package io.grace.core.model;

import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Undo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes a playbook definite for a service, and gives a plan its hash.
public final class Plans {
  private Plans() {}

  /// The playbook with this service's settings.
  ///
  /// @param settings values for the playbook's parameters; a parameter without default must be
  ///   there
  /// @throws IllegalArgumentException naming the parameter that is missing, unknown or out of
  ///   bounds
  public static Plan of(Playbook playbook, ServiceId service, Map<String, Argument> settings) {
    var values = values(playbook, service, settings);
    return new Plan(
        playbook.id(),
        playbook.version(),
        service,
        playbook.preconditions().stream().map(c -> c.on(service)).toList(),
        playbook.steps().stream().map(step -> step(step, service, values)).toList(),
        playbook.verification().on(service),
        playbook.impact(),
        playbook.isReversible(),
        playbook.timeout());
  }

  private static Plan.Step step(
      Playbook.Step step, ServiceId service, Map<String, Argument> values) {
    Optional<Action> compensation =
        step.undo() instanceof Undo.Compensation(Call call)
            ? Optional.of(action(call, service, values))
            : Optional.empty();
    return new Plan.Step(
        step.name(),
        action(step.call(), service, values),
        step.timeout(),
        step.retries(),
        step.check().map(c -> c.on(service)),
        compensation);
  }

  private static Action action(Call call, ServiceId service, Map<String, Argument> values) {
    var arguments = new HashMap<String, Argument>();
    call.arguments().forEach((name, source) -> arguments.put(name, value(source, values)));
    return new Action(call.action(), call.target().orElse(service), arguments);
  }

  private static Argument value(Source source, Map<String, Argument> values) {
    return switch (source) {
      case Source.Literal(Argument value) -> value;
      case Source.FromParameter(String name) -> {
        var value = values.get(name);
        if (value == null) {
          throw new IllegalArgumentException("no such parameter: " + name);
        }
        yield value;
      }
    };
  }

  private static Map<String, Argument> values(
      Playbook playbook, ServiceId service, Map<String, Argument> settings) {
    for (String name : settings.keySet()) {
      if (!playbook.parameters().containsKey(name)) {
        throw new IllegalArgumentException(playbook.id() + " has no parameter " + name);
      }
    }
    var values = new HashMap<String, Argument>();
    new TreeMap<>(playbook.parameters())
        .forEach((name, parameter) -> {
          Argument value = settings.get(name);
          if (value == null) {
            value =
                parameter
                    .defaultValue()
                    .orElseThrow(() ->
                        new IllegalArgumentException(
                            playbook.id() + "." + name + " must be set for " + service));
          }
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

  /// What an approval is bound to: every step, target, argument, limit and check of the plan, and
  /// the policy it was made under.
  public static Hash hash(Plan plan, Hash policy) {
    var text = new StringBuilder("grace-plan-v1\n").append(policy).append('\n');
    field(text, plan.playbook().value());
    field(text, Integer.toString(plan.version()));
    field(text, plan.service().value());
    field(text, plan.preconditions().toString());
    field(text, plan.impact().name());
    field(text, Boolean.toString(plan.reversible()));
    field(text, plan.timeout().toString());
    field(text, plan.verification().toString());
    for (Plan.Step step : plan.steps()) {
      field(text, step.name());
      action(text, step.action());
      field(text, step.timeout().toString());
      field(text, step.retries().toString());
      field(text, step.check().toString());
      step.compensation()
          .ifPresentOrElse(c -> action(text, c), () -> field(text, "no compensation"));
    }
    return Hash.sha256(text.toString());
  }

  private static void action(StringBuilder text, Action action) {
    field(text, action.name());
    field(text, action.target().value());
    action
        .sortedArguments()
        .forEach((name, value) -> {
          field(text, name);
          field(text, value.getClass().getSimpleName());
          field(text, value.toString());
        });
  }

  /// With its length in front, so that no two field lists read the same.
  private static void field(StringBuilder text, String value) {
    text.append(value.length()).append(':').append(value).append('\n');
  }
}

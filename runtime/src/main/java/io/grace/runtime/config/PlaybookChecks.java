package io.grace.runtime.config;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Impact;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Step;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Holds a playbook against the catalogue and against its own clock.
final class PlaybookChecks {
  /// What speaks against a playbook, and where in it.
  record Objection(String pointer, String message) {}

  private final Playbook playbook;
  private final Map<String, ActionSpec> catalogue;
  private final List<Objection> found = new ArrayList<>();

  private PlaybookChecks(Playbook playbook, Map<String, ActionSpec> catalogue) {
    this.playbook = playbook;
    this.catalogue = catalogue;
  }

  static List<Objection> objections(Playbook playbook, Map<String, ActionSpec> catalogue) {
    var checks = new PlaybookChecks(playbook, catalogue);
    checks.time();
    checks.impact();
    for (int i = 0; i < playbook.steps().size(); i++) {
      var step = playbook.steps().get(i);
      checks.call("/steps/" + i, step.call());
      if (step.undo() instanceof Undo.Compensation(Call undo)) {
        checks.call("/steps/" + i + "/undo", undo);
      }
    }
    return checks.found;
  }

  /// The most that an impact of the actions used demands; low if none is known.
  static Impact leastImpact(Playbook playbook, Map<String, ActionSpec> catalogue) {
    var least = Impact.LOW;
    for (Step step : playbook.steps()) {
      least = higher(least, catalogue.get(step.call().action()));
      if (step.undo() instanceof Undo.Compensation(Call undo)) {
        least = higher(least, catalogue.get(undo.action()));
      }
    }
    return least;
  }

  private static Impact higher(Impact impact, @Nullable ActionSpec spec) {
    return spec != null && spec.impact().atLeast(impact) ? spec.impact() : impact;
  }

  private void time() {
    Duration steps = Duration.ZERO;
    for (Step step : playbook.steps()) {
      int retries = step.retries().max();
      steps =
          steps
              .plus(step.timeout().multipliedBy(1L + retries))
              .plus(step.retries().backoff().multipliedBy(retries))
              .plus(step.check().map(Verification::timeout).orElse(Duration.ZERO));
    }
    var verification = playbook.verification().timeout();
    var sum = steps.plus(verification);
    if (sum.compareTo(playbook.timeout()) > 0) {
      found.add(
          new Objection(
              "/timeout",
              String.format(
                  Locale.ROOT,
                  "must be at least %s: the steps with their retries and checks take up to %s, the"
                      + " verification up to %s: %s",
                  Shown.duration(sum),
                  Shown.duration(steps),
                  Shown.duration(verification),
                  Shown.duration(playbook.timeout()))));
    }
  }

  private void impact() {
    Impact least = leastImpact(playbook, catalogue);
    if (!playbook.impact().atLeast(least)) {
      found.add(
          new Objection(
              "/impact",
              "must be at least "
                  + lower(least)
                  + ", as its actions are: "
                  + lower(playbook.impact())));
    }
  }

  private static String lower(Impact impact) {
    return impact.name().toLowerCase(Locale.ROOT);
  }

  private void call(String at, Call call) {
    var spec = catalogue.get(call.action());
    if (spec == null) {
      found.add(
          new Objection(
              at + "/action",
              "no provider offers the action " + Known.named(call.action(), catalogue.keySet())));
      return;
    }
    call.target()
        .filter(target -> !spec.targets().contains(target))
        .ifPresent(target ->
            found.add(
                new Objection(at + "/target", spec.name() + " is not declared for " + target)));
    for (String parameter : new TreeMap<>(spec.parameters()).keySet()) {
      if (!call.arguments().containsKey(parameter)) {
        found.add(new Objection(at, spec.name() + " lacks " + parameter));
      }
    }
    new TreeMap<>(call.arguments())
        .forEach(
            (name, source) -> argument(Pointers.child(at + "/with", name), spec, name, source));
  }

  private void argument(String at, ActionSpec spec, String name, Source source) {
    var bound = spec.parameters().get(name);
    if (bound == null) {
      found.add(
          new Objection(
              at,
              spec.name() + " has no parameter " + Known.named(name, spec.parameters().keySet())));
      return;
    }
    var value =
        switch (source) {
          case Source.Literal(var literal) -> Optional.of(literal);
          case Source.FromParameter(String parameter) ->
              Optional.ofNullable(playbook.parameters().get(parameter))
                  .flatMap(Playbook.Parameter::defaultValue);
        };
    value
        .filter(v -> !bound.admits(v))
        .ifPresent(v ->
            found.add(new Objection(at, "must be " + bound.wanted() + ": " + Shown.argument(v))));
  }
}

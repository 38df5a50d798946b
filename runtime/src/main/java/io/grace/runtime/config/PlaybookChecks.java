package io.grace.runtime.config;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Argument;
import io.grace.core.model.Condition;
import io.grace.core.model.Impact;
import io.grace.core.model.MetricId;
import io.grace.core.model.Plan;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Node;
import io.grace.core.model.Playbook.Node.Arm;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Truth;
import io.grace.core.plan.TimeBound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Holds a playbook against the catalogue and against its own clock: everything that keeps it from
/// being proved. A playbook with an objection is not loaded.
final class PlaybookChecks {
  /// What speaks against a playbook, and where in it.
  record Objection(String pointer, String message) {}

  /// The most that `limits.run_timeout` can be.
  private static final Duration LONGEST_RUN = Duration.ofMinutes(60);

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
    checks.size();
    checks.constant("/verification/checks", playbook.verification().success());
    checks.nodes("/steps", playbook.steps(), false);
    return checks.found;
  }

  /// The most that an impact of the actions used demands; low if none is known.
  static Impact leastImpact(Playbook playbook, Map<String, ActionSpec> catalogue) {
    var least = Impact.LOW;
    for (Node.Step step : playbook.acts()) {
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

  private void object(String at, String message) {
    found.add(new Objection(at, message));
  }

  // ---- the whole

  private void time() {
    TimeBound time = TimeBound.of(playbook);
    Duration own = playbook.timeout();
    if (time.forward().compareTo(own) > 0) {
      object(
          "/timeout",
          String.format(
              Locale.ROOT,
              "must be at least %s: the steps with their retries and checks take up to %s, the"
                  + " verification up to %s: %s",
              Shown.duration(time.forward()),
              Shown.duration(time.steps()),
              Shown.duration(time.verification()),
              Shown.duration(own)));
    }
    if (time.undo().compareTo(own) > 0) {
      object(
          "/timeout",
          "must be at least "
              + Shown.duration(time.undo())
              + ", the time to undo every step: "
              + Shown.duration(own));
    }
    if (own.compareTo(LONGEST_RUN) > 0) {
      object(
          "/timeout",
          "must be at most "
              + Shown.duration(LONGEST_RUN)
              + ", since no run may last longer: split the playbook or shorten its steps");
    }
  }

  private void impact() {
    Impact least = leastImpact(playbook, catalogue);
    if (!playbook.impact().atLeast(least)) {
      object(
          "/impact",
          "must be at least " + lower(least) + ", as its actions are: " + lower(playbook.impact()));
    }
  }

  private static String lower(Impact impact) {
    return impact.name().toLowerCase(Locale.ROOT);
  }

  private void size() {
    if (playbook.acts().isEmpty()) {
      object("/steps", "do nothing: at least one step needs an action");
    }
    int steps = size(playbook.steps());
    if (steps > Plan.MOST_STEPS) {
      object(
          "/steps",
          "unroll to "
              + steps
              + " steps, at most are "
              + Plan.MOST_STEPS
              + ": go over fewer services or do less for each");
    }
  }

  private static int size(List<Node> nodes) {
    int size = 0;
    for (Node node : nodes) {
      int inner = Playbook.inner(node).stream().mapToInt(PlaybookChecks::size).sum();
      size +=
          switch (node) {
            case Node.ForEach f -> f.items().most() * (inner + 2);
            case Node.Ladder l -> inner + l.rungs().size();
            case Node.Sub s -> size(s.playbook().steps()) + 2;
            default -> inner + 1;
          };
    }
    return size;
  }

  // ---- the steps

  private void nodes(String at, List<Node> nodes, boolean isInLoop) {
    for (int i = 0; i < nodes.size(); i++) {
      node(at + "/" + i, nodes.get(i), isInLoop);
    }
  }

  private void node(String at, Node node, boolean isInLoop) {
    switch (node) {
      case Node.Step step -> step(at, step, isInLoop);
      case Node.Branch b -> branch(at, b, isInLoop);
      case Node.Parallel p -> {
        for (int i = 0; i < p.arms().size(); i++) {
          nodes(at + "/parallel/" + i + "/steps", p.arms().get(i), isInLoop);
        }
        collisions(at, p);
      }
      case Node.ForEach f -> {
        if (isInLoop) {
          object(at + "/for_each", "must not be inside another for_each: put it after it");
        }
        f.pace().ifPresent(pace -> constant(at + "/for_each/pace/while", pace.good()));
        nodes(at + "/for_each/steps", f.steps(), true);
      }
      case Node.Wait w -> constant(at + "/wait/until", w.until());
      case Node.Ladder l -> {
        constant(at + "/ladder/until", l.until());
        for (int i = 0; i < l.rungs().size(); i++) {
          nodes(at + "/ladder/rungs/" + i + "/steps", l.rungs().get(i), isInLoop);
        }
      }
      case Node.Sub s -> {
        boolean loops =
            s.playbook().nodes().stream().anyMatch(inner -> inner instanceof Node.ForEach);
        if (isInLoop && loops) {
          object(at + "/playbook", s.playbook().id() + " has a for_each, and this is inside one");
        }
      }
      case Node.Question _ -> {}
    }
  }

  private void step(String at, Node.Step step, boolean isInLoop) {
    call(at, step.call());
    if (isInLoop && step.call().target().isPresent()) {
      object(
          at + "/target",
          "is the same in every round of the loop: leave it out to act on the service of the round");
    }
    if (step.undo() instanceof Undo.Compensation(Call undo)) {
      call(at + "/undo", undo);
      reversal(at + "/undo", step, undo);
    }
    step.check().ifPresent(check -> constant(at + "/check/checks", check.success()));
  }

  /// An undo that does the very same again takes nothing back.
  private void reversal(String at, Node.Step step, Call undo) {
    if (undo.equals(step.call()) && !undo.arguments().isEmpty()) {
      object(at, "does the same as the step: give the arguments that take it back");
    }
  }

  private void branch(String at, Node.Branch branch, boolean isInLoop) {
    boolean isDecided = false;
    for (int i = 0; i < branch.arms().size(); i++) {
      Arm arm = branch.arms().get(i);
      String when = at + "/branch/" + i + "/when";
      if (isDecided) {
        object(at + "/branch/" + i, "can never be reached: a condition before it always holds");
      } else if (always(arm.when()) == Truth.FALSE) {
        object(when, "never holds, so its steps can never be reached");
      } else if (always(arm.when()) == Truth.TRUE) {
        object(when, "always holds: leave the branch out, or compare with a metric");
        isDecided = true;
      } else {
        var text = arm.when().toString();
        if (branch.arms().subList(0, i).stream().anyMatch(a -> a.when().toString().equals(text))) {
          object(when, "can never be reached: an arm before it has the same condition");
        }
      }
      nodes(at + "/branch/" + i + "/steps", arm.steps(), isInLoop);
    }
    if (isDecided && !branch.otherwise().isEmpty()) {
      object(at + "/otherwise", "can never be reached: a condition before it always holds");
    }
    nodes(at + "/otherwise", branch.otherwise(), isInLoop);
  }

  /// Two arms that act on one service at once cannot be told apart, nor undone in order.
  private void collisions(String at, Node.Parallel parallel) {
    var owners = new HashMap<String, Integer>();
    for (int i = 0; i < parallel.arms().size(); i++) {
      for (String target : targets(parallel.arms().get(i))) {
        var other = owners.putIfAbsent(target, i);
        if (other != null && other != i) {
          object(
              at + "/parallel/" + i,
              "acts on "
                  + target
                  + " at the same time as another arm: put them one after the other");
        }
      }
    }
  }

  private static List<String> targets(List<Node> nodes) {
    var targets = new ArrayList<String>();
    for (Node node : nodes) {
      switch (node) {
        case Node.Step s ->
            targets.add(
                s.call().target().map(ServiceId::value).orElse("the service of the incident"));
        case Node.ForEach f when f.items() instanceof Playbook.Items.Listed(var services) ->
            services.forEach(s -> targets.add(s.value()));
        case Node.ForEach _ -> targets.add("its neighbours");
        case Node.Sub s -> targets.addAll(targets(s.playbook().steps()));
        default -> Playbook.inner(node).forEach(list -> targets.addAll(targets(list)));
      }
    }
    return targets;
  }

  // ---- conditions

  private void constant(String at, Condition condition) {
    Truth truth = always(condition);
    if (truth == Truth.TRUE) {
      object(at, "always holds, so it says nothing: compare a metric");
    } else if (truth == Truth.FALSE) {
      object(at, "never holds: compare a metric with a value that it can reach");
    }
  }

  /// What is known of it without any measurement.
  private static Truth always(Condition condition) {
    return condition.holds(
        new Condition.Facts() {
          @Override
          public OptionalDouble measured(ServiceId service, MetricId metric) {
            return OptionalDouble.empty();
          }

          @Override
          public Optional<Argument> result(String step) {
            return Optional.empty();
          }
        });
  }

  // ---- calls

  private void call(String at, Call call) {
    var spec = catalogue.get(call.action());
    if (spec == null) {
      object(
          at + "/action",
          "no provider offers the action " + Known.named(call.action(), catalogue.keySet()));
      return;
    }
    call.target()
        .filter(target -> !spec.targets().contains(target))
        .ifPresent(
            target -> object(at + "/target", spec.name() + " is not declared for " + target));
    for (String parameter : new TreeMap<>(spec.parameters()).keySet()) {
      if (!call.arguments().containsKey(parameter)) {
        object(at, spec.name() + " lacks " + parameter);
      }
    }
    new TreeMap<>(call.arguments())
        .forEach(
            (name, source) -> argument(Pointers.child(at + "/with", name), spec, name, source));
  }

  private void argument(String at, ActionSpec spec, String name, Source source) {
    var bound = spec.parameters().get(name);
    if (bound == null) {
      object(
          at, spec.name() + " has no parameter " + Known.named(name, spec.parameters().keySet()));
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
        .ifPresent(v -> object(at, "must be " + bound.wanted() + ": " + Shown.argument(v)));
  }
}

package io.grace.core.model;

import io.grace.core.model.Plan.Guard;
import io.grace.core.model.Plan.Result;
import io.grace.core.model.Plan.Slot;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Items;
import io.grace.core.model.Playbook.Items.Relation;
import io.grace.core.model.Playbook.Node;
import io.grace.core.model.Playbook.Pace;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Undo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Lays the parts of a playbook out as steps that wait for earlier steps. Owned by [Plans#of].
final class Unrolling {
  private final Occasion occasion;
  private final List<Plan.Step> steps = new ArrayList<>();
  private final List<Plan.Group> groups = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /// Where a part stands.
  ///
  /// @param prefix of the names of its steps
  /// @param when what all of its steps depend on
  private record Place(
      String prefix,
      ServiceId service,
      Map<String, Argument> values,
      List<Guard> when,
      Optional<Slot> slot) {
    Place under(Guard guard) {
      return new Place(
          prefix, service, values, Stream.concat(when.stream(), Stream.of(guard)).toList(), slot);
    }
  }

  Unrolling(Occasion occasion) {
    this.occasion = occasion;
  }

  void playbook(Playbook playbook, ServiceId service, Map<String, Argument> values) {
    sequence(
        playbook.steps(), new Place("", service, values, List.of(), Optional.empty()), List.of());
  }

  List<Plan.Step> steps() {
    return steps;
  }

  List<Plan.Group> groups() {
    return groups;
  }

  /// @param after what it waits for
  /// @return what the next part waits for
  private List<Integer> sequence(List<Node> nodes, Place place, List<Integer> after) {
    List<Integer> ends = after;
    for (Node node : nodes) {
      ends = node(node, place, ends);
    }
    return ends;
  }

  private List<Integer> node(Node node, Place place, List<Integer> after) {
    return switch (node) {
      case Node.Step step -> List.of(add(step.name(), act(step, place), place, after));
      case Node.Wait w ->
          List.of(
              add(
                  w.name(),
                  new Plan.Await(w.until().with(scope(place)), w.timeout(), w.goesOn()),
                  place,
                  after));
      case Node.Question q ->
          List.of(
              add(
                  q.name(),
                  new Plan.Ask(q.text(), q.answer(), q.timeout(), q.otherwise()),
                  place,
                  after));
      case Node.Branch b -> branch(b, place, after);
      case Node.Parallel p ->
          p.arms().stream()
              .flatMap(arm -> sequence(arm, place, after).stream())
              .distinct()
              .toList();
      case Node.ForEach f -> forEach(f, place, after);
      case Node.Ladder l -> ladder(l, place, after);
      case Node.Sub s -> sub(s, place, after);
    };
  }

  private int add(String name, Plan.Work work, Place place, List<Integer> after) {
    int number = steps.size();
    String full = place.prefix() + name;
    steps.add(new Plan.Step(full, work, after, place.when(), place.slot()));
    numbers.put(full, number);
    return number;
  }

  private List<Integer> branch(Node.Branch branch, Place place, List<Integer> after) {
    var cases = branch.arms().stream().map(a -> a.when().with(scope(place))).toList();
    int choice = add(branch.name(), new Plan.Choose(cases), place, after);
    var ends = new ArrayList<Integer>();
    for (int i = 0; i < branch.arms().size(); i++) {
      var guard = new Guard(choice, Set.of(Result.chosen(i)));
      ends.addAll(sequence(branch.arms().get(i).steps(), place.under(guard), List.of(choice)));
    }
    var guard = new Guard(choice, Set.of(Result.NONE));
    ends.addAll(sequence(branch.otherwise(), place.under(guard), List.of(choice)));
    return ends.stream().distinct().toList();
  }

  private List<Integer> forEach(Node.ForEach loop, Place place, List<Integer> after) {
    if (place.slot().isPresent()) {
      throw new IllegalArgumentException(loop.name() + " must not be inside another for_each");
    }
    List<ServiceId> items = items(loop, place.service());
    List<Integer> ends = after;
    for (int from = 0; from < items.size(); from += loop.batch()) {
      if (from > 0 && !loop.pause().isZero()) {
        var pause = new Plan.Await(new Condition.Constant(false), loop.pause(), true);
        ends = List.of(add(loop.name() + ".pause-" + from / loop.batch(), pause, place, ends));
      }
      ends =
          batch(
              loop, items.subList(from, Math.min(items.size(), from + loop.batch())), place, ends);
    }
    return ends;
  }

  private List<Integer> batch(
      Node.ForEach loop, List<ServiceId> items, Place place, List<Integer> after) {
    int group = groups.size();
    groups.add(
        new Plan.Group(
            place.prefix() + loop.name(),
            items.size(),
            loop.pace().map(Pace::start).orElse(loop.atOnce()),
            loop.pace().map(Pace::most).orElse(loop.atOnce())));
    var ends = new ArrayList<Integer>();
    for (int i = 0; i < items.size(); i++) {
      var inner =
          new Place(
              place.prefix() + loop.name() + "." + items.get(i) + ".",
              items.get(i),
              place.values(),
              place.when(),
              Optional.of(new Slot(group, i)));
      List<Integer> end = sequence(loop.steps(), inner, after);
      if (loop.pace().isPresent()) {
        Condition good = loop.pace().get().good().with(scope(inner));
        end = List.of(add("pace", new Plan.Pacing(group, good), inner, end));
      }
      ends.addAll(end);
    }
    return ends;
  }

  private List<ServiceId> items(Node.ForEach loop, ServiceId service) {
    return switch (loop.items()) {
      case Items.Listed(List<ServiceId> services) -> services;
      case Items.Related(Relation relation, int most) -> {
        var found =
            switch (relation) {
              case DEPENDENTS -> occasion.topology().blastRadius(Set.of(service)).dependents();
              case DEPENDENCIES -> occasion.topology().dependenciesOf(service);
            };
        if (found.size() > most) {
          throw new IllegalArgumentException(
              loop.name() + " would go over " + found.size() + " services, at most are " + most);
        }
        yield found.stream().sorted().toList();
      }
    };
  }

  /// A rung is tried only if the one before it failed, or the wait after it was in vain.
  private List<Integer> ladder(Node.Ladder ladder, Place place, List<Integer> after) {
    List<Integer> ends = after;
    Place rung = place;
    for (int i = 0; i < ladder.rungs().size(); i++) {
      Place tried = rung;
      for (Node node : ladder.rungs().get(i)) {
        ends = node(node, tried, ends);
        if (node instanceof Node.Step step && step.goesOn()) {
          tried = tried.under(new Guard(ends.getFirst(), Set.of(Result.DONE)));
        }
      }
      var wait = new Plan.Await(ladder.until().with(scope(place)), ladder.patience(), true);
      int waited = add(ladder.name() + ".wait-" + (i + 1), wait, tried, ends);
      ends = List.of(waited);
      rung = rung.under(new Guard(waited, Set.of(Result.TIMEOUT, Result.SKIPPED)));
    }
    return ends;
  }

  private List<Integer> sub(Node.Sub sub, Place place, List<Integer> after) {
    var settings = new HashMap<String, Argument>();
    sub.with().forEach((name, source) -> settings.put(name, value(source, place.values())));
    var inner =
        new Place(
            place.prefix() + sub.name() + ".",
            place.service(),
            Plans.values(sub.playbook(), place.service(), settings, occasion),
            place.when(),
            place.slot());
    List<Integer> ends = after;
    var needed = sub.playbook().preconditions().stream().map(c -> c.with(scope(inner))).toList();
    if (!needed.isEmpty()) {
      var wait = new Plan.Await(new Condition.All(needed), Plans.PRECONDITIONS, false);
      ends = List.of(add("preconditions", wait, inner, ends));
    }
    ends = sequence(sub.playbook().steps(), inner, ends);
    var verification = sub.playbook().verification().with(scope(inner));
    return List.of(add("verification", new Plan.Judge(verification), inner, ends));
  }

  private static Plan.Act act(Node.Step step, Place place) {
    Optional<Action> compensation =
        step.undo() instanceof Undo.Compensation(Call call)
            ? Optional.of(action(call, place))
            : Optional.empty();
    return new Plan.Act(
        action(step.call(), place),
        step.timeout(),
        step.retries(),
        step.check().map(c -> c.with(bare(place))),
        compensation,
        step.goesOn());
  }

  private static Action action(Call call, Place place) {
    var arguments = new TreeMap<String, Argument>();
    call.arguments().forEach((name, source) -> arguments.put(name, value(source, place.values())));
    return new Action(call.action(), call.target().orElse(place.service()), arguments);
  }

  private static Argument value(Source source, Map<String, Argument> values) {
    return switch (source) {
      case Source.Literal(Argument value) -> value;
      case Source.FromParameter(String name) -> parameter(name, values);
    };
  }

  private static Argument parameter(String name, Map<String, Argument> values) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no such parameter: " + name);
    }
    return value;
  }

  /// Checks of a step look at measurements only.
  private static Condition.Scope bare(Place place) {
    return Plans.scope(place.service(), place.values());
  }

  private Condition.Scope scope(Place place) {
    return new Condition.Scope() {
      @Override
      public ServiceId service() {
        return place.service();
      }

      @Override
      public Argument parameter(String name) {
        return Unrolling.parameter(name, place.values());
      }

      /// The nearest step of this name: here, or in what is around.
      @Override
      public String step(String name) {
        String prefix = place.prefix();
        while (true) {
          if (numbers.containsKey(prefix + name)) {
            return prefix + name;
          }
          if (prefix.isEmpty()) {
            throw new IllegalArgumentException("no earlier step is called " + name);
          }
          int dot = prefix.lastIndexOf('.', prefix.length() - 2);
          prefix = prefix.substring(0, dot + 1);
        }
      }
    };
  }
}

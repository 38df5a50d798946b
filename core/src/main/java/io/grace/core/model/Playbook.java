package io.grace.core.model;

import io.grace.core.model.Playbook.Node.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A tested way to heal: what it treats, its steps, how each is undone and how success is told.
/// *Immutable.*
///
/// @param treats the diagnoses it is a candidate for
/// @param parameters what a service may set, with bound and default
/// @param preconditions claims that must hold before it starts
/// @param steps one after another, unless one of them says otherwise
/// @param verification judged after the last step
/// @param prior the believed chance of success before anything was learned, in (0, 1)
/// @param timeout from approval to outcome
public record Playbook(
    PlaybookId id,
    int version,
    String title,
    Set<DiagnosisKind> treats,
    Map<String, Parameter> parameters,
    List<Condition> preconditions,
    List<Node> steps,
    Verification verification,
    Impact impact,
    double prior,
    Duration timeout) {
  /// A value within bounds: set for a service, else taken from the incident, else the default.
  ///
  /// @param from what the incident's evidence gives for it
  public record Parameter(Bound bound, Optional<Argument> defaultValue, Optional<Evidence> from) {
    public Parameter {
      if (defaultValue.isPresent() && !bound.admits(defaultValue.get())) {
        throw new IllegalArgumentException(
            "default must be " + bound.wanted() + ": " + defaultValue.get());
      }
    }

    public Parameter(Bound bound, Optional<Argument> defaultValue) {
      this(bound, defaultValue, Optional.empty());
    }
  }

  /// Where an argument of a step comes from: written in the playbook, or a parameter.
  public sealed interface Source {
    record Literal(Argument value) implements Source {}

    record FromParameter(String name) implements Source {}
  }

  /// An action whose arguments may still be parameters. An empty target means the service of the
  /// incident.
  public record Call(String action, Optional<ServiceId> target, Map<String, Source> arguments) {
    public Call {
      arguments = Map.copyOf(arguments);
    }
  }

  /// How a step is taken back.
  public sealed interface Undo {
    /// By another action.
    record Compensation(Call call) implements Undo {}

    /// The step changes nothing that outlives it, such as a restart; the reason is for people.
    record NotNeeded(String why) implements Undo {}

    /// It cannot be taken back: a person must approve every run.
    record Irreversible() implements Undo {}
  }

  /// A part of a playbook; those within a playbook differ in name. All of them end by themselves,
  /// and none can jump back, so a playbook always ends.
  public sealed interface Node {
    String name();

    /// One thing done, with its limit, its check and its undo.
    ///
    /// @param goesOn whether the run goes on if the step fails and has changed nothing, or if its
    ///   check fails
    record Step(
        String name,
        Call call,
        Duration timeout,
        Retries retries,
        Optional<Verification> check,
        Undo undo,
        boolean goesOn)
        implements Node {
      public Step {
        Names.require("step", name);
        requirePositive("step " + name + " timeout", timeout);
      }

      public Step(
          String name,
          Call call,
          Duration timeout,
          Retries retries,
          Optional<Verification> check,
          Undo undo) {
        this(name, call, timeout, retries, check, undo, false);
      }
    }

    /// The first arm whose condition holds; what is not known does not hold.
    ///
    /// @param otherwise may be empty
    record Branch(String name, List<Arm> arms, List<Node> otherwise) implements Node {
      public Branch {
        Names.require("step", name);
        arms = List.copyOf(arms);
        otherwise = List.copyOf(otherwise);
      }
    }

    record Arm(Condition when, List<Node> steps) {
      public Arm {
        steps = List.copyOf(steps);
      }
    }

    /// All arms at the same time; the next step waits for all of them.
    record Parallel(String name, List<List<Node>> arms) implements Node {
      public Parallel {
        Names.require("step", name);
        arms = arms.stream().map(List::copyOf).toList();
      }
    }

    /// The same steps for each of several services, which then are what the steps are about.
    ///
    /// @param batch how many services belong to a batch; the next one waits for all of it
    /// @param atOnce how many services of a batch are under way at the same time at most
    /// @param pause between two batches
    record ForEach(
        String name,
        Items items,
        int batch,
        int atOnce,
        Duration pause,
        Optional<Pace> pace,
        List<Node> steps)
        implements Node {
      public ForEach {
        Names.require("step", name);
        steps = List.copyOf(steps);
        if (batch < 1 || batch > Items.MOST) {
          throw new IllegalArgumentException("batch must be 1–" + Items.MOST + ": " + batch);
        }
        if (atOnce < 1 || atOnce > batch) {
          throw new IllegalArgumentException(
              "max_unavailable must be 1–" + batch + ", the size of a batch: " + atOnce);
        }
        if (pause.isNegative()) {
          throw new IllegalArgumentException("pause must not be negative: " + pause);
        }
      }
    }

    /// Waits until the condition holds.
    ///
    /// @param goesOn whether the run goes on if it does not hold in time
    record Wait(String name, Condition until, Duration timeout, boolean goesOn) implements Node {
      public Wait {
        Names.require("step", name);
        requirePositive("step " + name + " timeout", timeout);
      }
    }

    /// Asks a person.
    ///
    /// @param otherwise what counts as the answer if nobody answers in time; if empty, the run is
    ///   undone then
    record Question(
        String name, String text, Bound answer, Duration timeout, Optional<Argument> otherwise)
        implements Node {
      private static final int LONGEST = 500;

      public Question {
        Names.require("step", name);
        requirePositive("step " + name + " timeout", timeout);
        if (text.isBlank() || text.length() > LONGEST) {
          throw new IllegalArgumentException(
              "question must have 1–" + LONGEST + " characters: " + text.length());
        }
        if (otherwise.isPresent() && !answer.admits(otherwise.get())) {
          throw new IllegalArgumentException(
              "otherwise must be " + answer.wanted() + ": " + otherwise.get());
        }
      }
    }

    /// Tries one rung, waits whether it helped, and only then tries the next.
    ///
    /// @param until what shows that it helped
    /// @param patience how long each rung is given
    record Ladder(String name, Condition until, Duration patience, List<List<Node>> rungs)
        implements Node {
      public Ladder {
        Names.require("step", name);
        requirePositive("step " + name + " wait", patience);
        rungs = rungs.stream().map(List::copyOf).toList();
      }
    }

    /// The steps of another playbook, its preconditions before and its verification after them.
    record Sub(String name, Playbook playbook, Map<String, Source> with) implements Node {
      public Sub {
        Names.require("step", name);
        with = Map.copyOf(with);
      }
    }
  }

  /// What a [Node.ForEach] goes over.
  public sealed interface Items {
    /// Services of one loop; more belong into several runs.
    int MOST = 50;

    record Listed(List<ServiceId> services) implements Items {
      public Listed {
        services = List.copyOf(services);
        if (services.isEmpty() || services.size() > MOST) {
          throw new IllegalArgumentException("in must name 1–" + MOST + " services");
        }
        if (new HashSet<>(services).size() < services.size()) {
          throw new IllegalArgumentException("in must not name a service twice");
        }
      }

      @Override
      public int most() {
        return services.size();
      }
    }

    /// Those that stand in this relation to the service of the incident, in the order of their
    /// names.
    ///
    /// @param most with more there is no plan
    record Related(Relation relation, int most) implements Items {
      public Related {
        if (most < 1 || most > MOST) {
          throw new IllegalArgumentException("most must be 1–" + MOST + ": " + most);
        }
      }
    }

    enum Relation {
      DEPENDENTS,
      DEPENDENCIES
    }

    int most();
  }

  /// How many services of a loop are under way at once: one more after each that left the condition
  /// true, half as many after one that did not, or of which nothing is known. (Additive increase,
  /// multiplicative decrease: Chiu & Jain 1989.)
  public record Pace(int start, int most, Condition good) {
    public Pace {
      if (most < 1 || most > Items.MOST) {
        throw new IllegalArgumentException("most must be 1–" + Items.MOST + ": " + most);
      }
      if (start < 1 || start > most) {
        throw new IllegalArgumentException("start must be 1–" + most + ": " + start);
      }
    }
  }

  /// Parts of one playbook, those of playbooks in it not counted; more belong into two playbooks.
  private static final int MOST_STEPS = 20;

  public Playbook {
    treats = Set.copyOf(treats);
    parameters = Map.copyOf(parameters);
    preconditions = List.copyOf(preconditions);
    steps = List.copyOf(steps);
    requirePositive(id + " timeout", timeout);
    List<Node> nodes = flat(steps);
    if (nodes.isEmpty() || nodes.size() > MOST_STEPS) {
      throw new IllegalArgumentException(
          id + " must have 1–" + MOST_STEPS + " steps: " + nodes.size());
    }
    if (!(prior > 0 && prior < 1)) {
      throw new IllegalArgumentException(id + " prior must be in (0, 1): " + prior);
    }
    var names = new HashSet<String>();
    for (Node node : nodes) {
      if (!names.add(node.name())) {
        throw new IllegalArgumentException(id + " has two steps named " + node.name());
      }
    }
  }

  /// Every part, outer before inner, in the order of the text; those of playbooks in it are not its
  /// own.
  public List<Node> nodes() {
    return flat(steps);
  }

  private static List<Node> flat(List<Node> steps) {
    var nodes = new ArrayList<Node>();
    for (Node node : steps) {
      nodes.add(node);
      inner(node).forEach(list -> nodes.addAll(flat(list)));
    }
    return nodes;
  }

  /// The lists of steps within a part.
  public static List<List<Node>> inner(Node node) {
    return switch (node) {
      case Node.Branch b -> {
        var lists = new ArrayList<List<Node>>();
        b.arms().forEach(arm -> lists.add(arm.steps()));
        lists.add(b.otherwise());
        yield lists;
      }
      case Node.Parallel p -> p.arms();
      case Node.ForEach f -> List.of(f.steps());
      case Node.Ladder l -> l.rungs();
      case Step _, Node.Wait _, Node.Question _, Node.Sub _ -> List.of();
    };
  }

  /// Everything that it may do, with what the playbooks in it may do.
  public List<Step> acts() {
    var acts = new ArrayList<Step>();
    for (Node node : nodes()) {
      switch (node) {
        case Step step -> acts.add(step);
        case Node.Sub sub -> acts.addAll(sub.playbook().acts());
        default -> {}
      }
    }
    return acts;
  }

  /// Derived from the steps, never claimed: no step leaves something behind for ever.
  public boolean isReversible() {
    return acts().stream().noneMatch(step -> step.undo() instanceof Undo.Irreversible);
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(what + " must be positive: " + duration);
    }
  }
}

package io.grace.lab.sim;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import io.grace.core.model.Check;
import io.grace.core.model.Check.Comparison;
import io.grace.core.model.Condition;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Hash;
import io.grace.core.model.Impact;
import io.grace.core.model.Metric;
import io.grace.core.model.Metric.Direction;
import io.grace.core.model.MetricId;
import io.grace.core.model.Mode;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Items;
import io.grace.core.model.Playbook.Node;
import io.grace.core.model.Playbook.Pace;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Retries;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Verification;
import io.grace.core.policy.Approvals;
import io.grace.core.policy.ChangeCalendar;
import io.grace.core.policy.Learning;
import io.grace.core.policy.Limits;
import io.grace.core.policy.Policy;
import io.grace.core.policy.Sensing;
import io.grace.core.policy.ServicePolicy;
import io.grace.core.policy.TimeInterval;
import io.grace.core.policy.TriageRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Draws a policy: a few services that call each other, playbooks of every shape, tight limits.
final class SimPolicy {
  static final MetricId UP = new MetricId("up");
  static final MetricId LATENCY = new MetricId("latency_ms");
  static final MetricId ERRORS = new MetricId("error_ratio");

  private static final List<String> NAMES =
      List.of("edge", "orders", "payments", "inventory", "pricing");
  private static final List<DiagnosisKind> KINDS =
      List.of(
          TriageRule.SERVICE_DOWN,
          TriageRule.LATENCY_SPIKE,
          TriageRule.ELEVATED_ERRORS,
          TriageRule.GENERAL_DEGRADATION);

  private final Dice dice;
  private final List<ServiceId> services = new ArrayList<>();

  private SimPolicy(Dice dice) {
    this.dice = dice;
  }

  static Policy draw(Dice dice, Instant start) {
    return new SimPolicy(dice).draw(start);
  }

  private Policy draw(Instant start) {
    NAMES.stream().limit(dice.from(3, 5)).map(ServiceId::new).forEach(services::add);
    Mode ceiling =
        dice.oneOf(
            Mode.OBSERVE,
            Mode.APPROVE,
            Mode.APPROVE,
            Mode.AUTONOMOUS,
            Mode.AUTONOMOUS,
            Mode.AUTONOMOUS);
    var playbooks = new ArrayList<Playbook>();
    for (int i = dice.from(2, 4); i > 0; i--) {
      playbooks.add(playbook("heal-" + i));
    }
    var policies = new HashMap<ServiceId, ServicePolicy>();
    for (int i = 0; i < services.size(); i++) {
      policies.put(services.get(i), service(i, playbooks));
    }
    return new Policy(
        Hash.sha256("policy " + ceiling),
        ceiling,
        policies,
        metrics(),
        TriageRule.DEFAULTS,
        playbooks,
        catalogue(),
        calendar(start),
        limits(),
        Approvals.DEFAULTS,
        Policy.topology(policies),
        Sensing.DEFAULTS,
        Learning.ON);
  }

  private ServicePolicy service(int index, List<Playbook> playbooks) {
    ServiceId id = services.get(index);
    var calls = new HashSet<ServiceId>();
    for (ServiceId other : services.subList(index + 1, services.size())) {
      if (dice.percent(30)) {
        calls.add(other);
      }
    }
    var modes = new HashMap<PlaybookId, Mode>();
    for (Playbook playbook : playbooks) {
      if (dice.percent(15)) {
        modes.put(playbook.id(), dice.oneOf(Mode.values()));
      }
    }
    Mode mode = dice.percent(80) ? Mode.AUTONOMOUS : dice.oneOf(Mode.OBSERVE, Mode.APPROVE);
    return new ServicePolicy(id, mode, modes, Map.of(), calls, dice.seconds(0, 20));
  }

  private static Map<MetricId, Metric> metrics() {
    return Map.of(
        UP, new Metric(UP, "bool", Direction.LOWER_IS_WORSE, 0.5, 0),
        LATENCY, new Metric(LATENCY, "ms", Direction.HIGHER_IS_WORSE, 500, 2000),
        ERRORS, new Metric(ERRORS, "ratio", Direction.HIGHER_IS_WORSE, 0.02, 0.2));
  }

  private Map<String, ActionSpec> catalogue() {
    Set<ServiceId> all = Set.copyOf(services);
    // Now and then a service that an action is not declared for.
    Set<ServiceId> most = dice.percent(90) ? all : Set.copyOf(services.subList(1, services.size()));
    return Map.of(
        "restart",
        new ActionSpec("restart", "sim", Map.of(), Impact.LOW, true, all),
        "scale",
        new ActionSpec(
            "scale", "sim", Map.of("delta", new Bound.WholeRange(-3, 3)), Impact.LOW, true, most),
        "flag",
        new ActionSpec("flag", "sim", Map.of("on", new Bound.TrueOrFalse()), Impact.LOW, true, all),
        "failover",
        new ActionSpec("failover", "sim", Map.of(), Impact.HIGH, false, all));
  }

  private Playbook playbook(String name) {
    var treats = new HashSet<DiagnosisKind>();
    KINDS.stream().filter(_ -> dice.percent(70)).forEach(treats::add);
    treats.add(dice.one(KINDS));
    var steps = new ArrayList<Node>();
    for (int i = dice.from(1, 3); i > 0; i--) {
      steps.add(dice.percent(70) ? step("step-" + i) : part("part-" + i));
    }
    steps.add(step("last"));
    return new Playbook(
        new PlaybookId(name),
        1,
        name,
        treats,
        Map.of(
            "delta",
            new Playbook.Parameter(new Bound.WholeRange(1, 3), Optional.of(new Argument.Whole(1)))),
        dice.percent(10)
            ? List.of(new Check(Optional.empty(), UP, Comparison.AT_LEAST, 1))
            : List.of(),
        steps,
        verification(),
        dice.oneOf(Impact.LOW, Impact.LOW, Impact.MEDIUM, Impact.MEDIUM, Impact.HIGH),
        dice.between(0.1, 0.9),
        dice.seconds(60, 300));
  }

  /// Something with steps in it, or a wait or question.
  private Node part(String name) {
    return switch (dice.from(1, 6)) {
      case 1 ->
          new Node.Branch(
              name,
              List.of(
                  new Node.Arm(check(), List.of(step(name + "-a"))),
                  new Node.Arm(check(), List.of(step(name + "-b")))),
              dice.percent(50) ? List.of(step(name + "-c")) : List.of());
      case 2 ->
          new Node.Parallel(
              name,
              List.of(
                  List.of(step(name + "-a")),
                  List.of(step(name + "-b"), step(name + "-c")),
                  List.of(step(name + "-d"))));
      case 3 -> {
        int batch = dice.from(1, services.size());
        boolean paced = dice.percent(50);
        yield new Node.ForEach(
            name,
            new Items.Listed(services),
            paced ? services.size() : batch,
            paced ? services.size() : dice.from(1, batch),
            paced ? Duration.ZERO : dice.seconds(0, 10),
            paced ? Optional.of(new Pace(1, services.size(), check())) : Optional.empty(),
            List.of(own(name + "-each")));
      }
      case 4 -> new Node.Wait(name, check(), dice.seconds(5, 40), dice.percent(70));
      case 5 ->
          new Node.Question(
              name,
              "go on?",
              new Bound.TrueOrFalse(),
              dice.seconds(10, 90),
              dice.percent(50) ? Optional.of(new Argument.Flag(true)) : Optional.empty());
      default ->
          new Node.Ladder(
              name,
              check(),
              dice.seconds(5, 30),
              List.of(List.of(rung(name + "-a")), List.of(rung(name + "-b"))));
    };
  }

  private Check check() {
    return dice.percent(50)
        ? new Check(Optional.empty(), UP, Comparison.AT_LEAST, 1)
        : new Check(Optional.empty(), LATENCY, Comparison.LESS, 500);
  }

  private Node.Step rung(String name) {
    Node.Step s = step(name);
    return new Node.Step(s.name(), s.call(), s.timeout(), s.retries(), s.check(), s.undo(), true);
  }

  /// On the service of the round.
  private Node.Step own(String name) {
    return new Node.Step(
        name,
        new Call("flag", Optional.empty(), literal("on", new Argument.Flag(true))),
        dice.seconds(20, 60),
        Retries.NONE,
        Optional.empty(),
        new Undo.Compensation(
            new Call("flag", Optional.empty(), literal("on", new Argument.Flag(false)))));
  }

  private Node.Step step(String name) {
    Optional<ServiceId> target =
        dice.percent(12) ? Optional.of(dice.one(services)) : Optional.empty();
    Call up = new Call("scale", target, Map.of("delta", new Source.FromParameter("delta")));
    Call down = new Call("scale", target, literal("delta", new Argument.Whole(-1)));
    Call on = new Call("flag", target, literal("on", new Argument.Flag(true)));
    Call off = new Call("flag", target, literal("on", new Argument.Flag(false)));
    int kind = dice.from(1, 100);
    Call call =
        kind <= 30
            ? new Call("restart", target, Map.of())
            : kind <= 65 ? up : kind <= 95 ? on : new Call("failover", target, Map.of());
    Undo undo =
        kind <= 30
            ? new Undo.NotNeeded("a restart leaves nothing")
            : kind <= 65
                ? new Undo.Compensation(down)
                : kind <= 95 ? new Undo.Compensation(off) : new Undo.Irreversible();
    Retries retries =
        dice.percent(50) ? Retries.NONE : new Retries(dice.from(1, 3), dice.seconds(0, 10));
    return new Node.Step(
        name,
        call,
        dice.seconds(20, 90),
        retries,
        dice.percent(30) ? Optional.of(verification()) : Optional.empty(),
        undo);
  }

  private static Map<String, Source> literal(String name, Argument value) {
    return Map.of(name, new Source.Literal(value));
  }

  private Verification verification() {
    var checks = new ArrayList<Condition>();
    checks.add(new Check(Optional.empty(), UP, Comparison.AT_LEAST, 1));
    if (dice.percent(60)) {
      checks.add(new Check(Optional.empty(), ERRORS, Comparison.LESS, 0.02));
    }
    if (dice.percent(60)) {
      checks.add(new Check(Optional.empty(), LATENCY, Comparison.LESS, 500));
    }
    return new Verification(
        checks, dice.seconds(0, 20), dice.from(1, 3), dice.from(2, 4), dice.seconds(40, 120));
  }

  /// Always open, office hours in Berlin, or open with freezes that fall into the simulated hour.
  private ChangeCalendar calendar(Instant start) {
    if (dice.percent(30)) {
      return ChangeCalendar.always();
    }
    if (dice.percent(20)) {
      return ChangeCalendar.businessHours(ZoneId.of("Europe/Berlin"));
    }
    int minute =
        start.atZone(ZoneOffset.UTC).getHour() * 60 + start.atZone(ZoneOffset.UTC).getMinute();
    int from = Math.min(1380, minute + dice.from(1, 15));
    var freeze =
        new TimeInterval(
            "sale",
            List.of(new TimeInterval.Times(from, Math.min(1440, from + dice.from(2, 20)))),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            ZoneOffset.UTC);
    return new ChangeCalendar(ChangeCalendar.always().windows(), List.of(freeze));
  }

  private Limits limits() {
    return new Limits(
        dice.from(1, 6),
        dice.seconds(20, 200),
        Duration.ofMinutes(30),
        0.2,
        dice.from(1, 4),
        dice.from(40, 100),
        dice.from(1, 6),
        dice.from(30, 100),
        dice.from(1, 6),
        Duration.ofHours(1),
        Duration.ofSeconds(40),
        dice.seconds(120, 600),
        dice.seconds(120, 600),
        Duration.ofMinutes(5));
  }
}

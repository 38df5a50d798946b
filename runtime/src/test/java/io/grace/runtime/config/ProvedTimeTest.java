package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event.StepOutcome;
import io.grace.core.model.Argument;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.MetricId;
import io.grace.core.model.Playbook;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.policy.Policy;
import io.grace.core.state.Run.Outcome;
import io.grace.runtime.rehearsal.Played;
import io.grace.runtime.rehearsal.Rehearsal;
import io.grace.runtime.rehearsal.Script;
import io.grace.runtime.rehearsal.Script.Effect;
import io.grace.runtime.rehearsal.Script.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever the checker accepts ends within its proved time, whatever fails.
///
/// Playbooks are written at random as YAML and read as any other; those that are refused are
/// counted and left. The others are played in worlds where steps fail, hang and come late, people
/// answer or do not, metrics jump and fall silent, and the process dies. `-Dgrace.proved.seeds=N`
/// chooses how many, 4,000 by default.
class ProvedTimeTest {
  private static final int SEEDS = Integer.getInteger("grace.proved.seeds", 4_000);
  private static final ServiceId ORDERS = new ServiceId("orders");
  private static final AtomicInteger HEARD = new AtomicInteger();
  private static final List<String> METRICS = List.of("up", "error_ratio", "latency_ms");

  private static final String GRACE =
      """
      apiVersion: grace/v1
      services:
        orders: {depends_on: [payments, pricing]}
        payments: {}
        pricing: {}
        gateway: {depends_on: [orders]}
      providers:
        process:
          services:
            orders: {command: [run]}
            payments: {command: [run]}
            pricing: {command: [run]}
            gateway: {command: [run]}
      """;

  @Test
  void whatTheCheckerAcceptsEndsWithinItsProvedTime() {
    Policy policy =
        assertInstanceOf(
                Loaded.Valid.class,
                ConfigLoader.load(YamlReader.parse("grace.yaml", GRACE), Map.of(), Path.of("/")))
            .config()
            .policy();
    var accepted = new AtomicInteger();
    var outcomes = new EnumMap<Outcome, Integer>(Outcome.class);
    IntStream.range(0, SEEDS)
        .parallel()
        .forEach(seed ->
            new Draw(new Random(seed))
                .playbook(policy)
                .ifPresent(playbook -> {
                  accepted.incrementAndGet();
                  Played played = play(policy, playbook, seed);
                  played
                      .outcome()
                      .ifPresent(o -> {
                        synchronized (outcomes) {
                          outcomes.merge(o, 1, Integer::sum);
                        }
                      });
                }));
    System.out.println(HEARD + " were never silent and never died");
    assertTrue(HEARD.get() > SEEDS / 20, "" + HEARD);
    System.out.println("accepted " + accepted + " of " + SEEDS + " playbooks: " + outcomes);
    assertTrue(accepted.get() > SEEDS / 4, "accepted " + accepted);
    assertTrue(outcomes.getOrDefault(Outcome.SUCCEEDED, 0) > SEEDS / 50, "" + outcomes);
    assertTrue(outcomes.getOrDefault(Outcome.ROLLED_BACK, 0) > SEEDS / 50, "" + outcomes);
    assertTrue(outcomes.getOrDefault(Outcome.ABORTED, 0) > SEEDS / 50, "" + outcomes);
  }

  private static Played play(Policy policy, Playbook playbook, int seed) {
    var random = new Random(~seed);
    Script script = new Draw(random).script(playbook);
    Played played = Rehearsal.play(policy, playbook, script);
    Duration whole = Proof.of(playbook).whole();
    // A new life looks anew, so each crash may add the time to look once more.
    Duration looks = playbook.verification().timeout().multipliedBy(script.crashes().size());
    assertTrue(
        played.took().compareTo(whole.plus(looks)) <= 0,
        () ->
            "seed "
                + seed
                + " took "
                + played.took()
                + ", proved "
                + whole
                + "\n"
                + String.join("\n", played.story()));
    boolean isHeard =
        script.metrics().values().stream().allMatch(Optional::isPresent)
            && script.changes().stream()
                .allMatch(c -> c.metrics().values().stream().allMatch(Optional::isPresent))
            && script.acts().values().stream()
                .flatMap(List::stream)
                .allMatch(e -> e.then().values().stream().allMatch(Optional::isPresent));
    if (isHeard && script.crashes().isEmpty()) {
      HEARD.incrementAndGet();
      Duration steps = Proof.of(playbook).steps();
      assertTrue(
          played.worked().compareTo(steps) <= 0,
          () ->
              "seed "
                  + seed
                  + " worked "
                  + played.worked()
                  + ", proved "
                  + steps
                  + "\n"
                  + String.join("\n", played.story()));
    }
    boolean isCalm = script.crashes().isEmpty() && played.asked().isEmpty();
    if (isCalm && played.outcome().equals(Optional.of(Outcome.SUCCEEDED))) {
      assertTrue(
          played.took().compareTo(playbook.timeout()) <= 0,
          () -> "seed " + seed + " succeeded after " + played.took());
    }
    return played;
  }

  /// Playbooks and worlds at random.
  private static final class Draw {
    private final Random random;
    private final StringBuilder yaml = new StringBuilder();
    private final List<String> answers = new ArrayList<>();
    private int names;
    private boolean isLoud;

    Draw(Random random) {
      this.random = random;
    }

    private boolean percent(int chance) {
      return random.nextInt(100) < chance;
    }

    private int from(int least, int most) {
      return least + random.nextInt(most - least + 1);
    }

    private String name() {
      names++;
      return "s" + names;
    }

    // ---- playbooks

    Optional<Playbook> playbook(Policy policy) {
      yaml.append("apiVersion: grace/v1\nkind: Playbook\nid: drawn\nversion: 1\ntitle: Drawn\n")
          .append("treats: [latency_spike]\nsteps:\n");
      steps("  ", from(1, 3), 0);
      yaml.append("verification:\n  checks: [\"")
          .append(condition())
          .append("\"]\n  stabilisation: ")
          .append(from(0, 10))
          .append("s\n  samples: ")
          .append(from(1, 3))
          .append("\n  failures: ")
          .append(from(1, 4))
          .append("\n  timeout: ")
          .append(from(15, 60))
          .append("s\nimpact: medium\nprior: 0.5\ntimeout: ")
          .append(from(2, 40))
          .append("m\n");
      var known = new Known(policy.services().keySet(), policy.metrics().keySet());
      var file = YamlReader.parse("drawn.yaml", yaml.toString());
      SchemaCheck.PLAYBOOK.check(file);
      var playbook = new PlaybookReader(known, _ -> Optional.empty()).read(file.cursor());
      return playbook.filter(p ->
          file.problems().found().isEmpty()
              && PlaybookChecks.objections(p, policy.catalogue()).isEmpty());
    }

    private void steps(String indent, int count, int depth) {
      for (int i = 0; i < count; i++) {
        step(indent, depth);
      }
    }

    private void step(String indent, int depth) {
      String name = name();
      yaml.append(indent).append("- name: ").append(name).append('\n');
      String in = indent + "  ";
      switch (depth > 2 ? from(0, 3) : from(0, 9)) {
        case 0, 1 -> act(in);
        case 2 -> wait(in);
        case 3, 4 -> {
          answers.add(name);
          ask(in);
        }
        case 5 -> branch(in, depth);
        case 6 -> parallel(in, depth);
        case 7, 8 -> forEach(in, depth);
        default -> ladder(in, depth);
      }
    }

    private void act(String in) {
      boolean grows = percent(60);
      yaml.append(in)
          .append(grows ? "action: scale_instances\n" : "action: restart_service\n")
          .append(grows ? in + "with: {min_delta: 1}\n" : "")
          .append(in)
          .append("timeout: ")
          .append(from(5, 60))
          .append("s\n");
      if (percent(40)) {
        yaml.append(in)
            .append("retries: {max: ")
            .append(from(1, 5))
            .append(", backoff: ")
            .append(from(0, 8))
            .append("s, factor: ")
            .append(from(1, 4))
            .append("}\n");
      }
      if (percent(25)) {
        yaml.append(in)
            .append("check: {checks: [\"")
            .append(condition())
            .append("\"], samples: 1, timeout: ")
            .append(from(5, 40))
            .append("s}\n");
      }
      if (percent(30)) {
        yaml.append(in).append("on_failure: go_on\n");
      }
      yaml.append(in)
          .append(
              grows
                  ? "undo: {action: scale_instances, with: {min_delta: -1}}\n"
                  : "undo: {not_needed: it is the same process}\n");
    }

    private void wait(String in) {
      yaml.append(in)
          .append("wait: {until: \"")
          .append(condition())
          .append("\", timeout: ")
          .append(from(5, 90))
          .append(percent(70) ? "s, on_timeout: go_on}\n" : "s}\n");
    }

    private void ask(String in) {
      yaml.append(in)
          .append("ask: {question: Go on, answer: {type: flag}, timeout: ")
          .append(from(5, 200))
          .append(percent(60) ? "s, otherwise: true}\n" : "s}\n");
    }

    private void branch(String in, int depth) {
      yaml.append(in).append("branch:\n");
      for (int arm = from(1, 2); arm > 0; arm--) {
        yaml.append(in).append("  - when: \"").append(condition()).append("\"\n");
        yaml.append(in).append("    steps:\n");
        steps(in + "      ", from(1, 2), depth + 1);
      }
      if (percent(50)) {
        yaml.append(in).append("otherwise:\n");
        steps(in + "  ", 1, depth + 1);
      }
    }

    private void parallel(String in, int depth) {
      yaml.append(in).append("parallel:\n");
      for (int arm = from(2, 3); arm > 0; arm--) {
        yaml.append(in).append("  - steps:\n");
        steps(in + "      ", from(1, 2), depth + 1);
      }
    }

    private void forEach(String in, int depth) {
      yaml.append(in).append("for_each:\n");
      boolean listed = percent(50);
      yaml.append(in)
          .append(listed ? "  in: [payments, pricing, gateway]\n" : "  in: dependencies\n");
      yaml.append(in).append(listed ? "" : "  most: " + from(2, 4) + "\n" + in);
      if (percent(40)) {
        yaml.append("  pace: {start: 1, while: \"").append(condition()).append("\"}\n").append(in);
      } else {
        int batch = from(1, 2);
        yaml.append("  batch: ").append(batch).append('\n').append(in);
        yaml.append("  max_unavailable: ").append(from(1, batch)).append('\n').append(in);
        yaml.append("  pause: ").append(from(0, 20)).append("s\n").append(in);
      }
      yaml.append("  steps:\n");
      steps(in + "    ", from(1, 2), depth + 3);
    }

    private void ladder(String in, int depth) {
      yaml.append(in)
          .append("ladder:\n")
          .append(in)
          .append("  until: \"")
          .append(condition())
          .append("\"\n")
          .append(in)
          .append("  wait: ")
          .append(from(5, 40))
          .append("s\n")
          .append(in)
          .append("  rungs:\n");
      for (int rung = from(2, 3); rung > 0; rung--) {
        yaml.append(in).append("    - steps:\n");
        steps(in + "        ", 1, depth + 2);
      }
    }

    private String condition() {
      return switch (from(0, 3)) {
        case 0 -> "up >= 1";
        case 1 -> "error_ratio < 0.05";
        case 2 -> "latency_ms < 500 && up >= 1";
        default -> "error_ratio < 0.2 || latency_ms < 800";
      };
    }

    // ---- worlds

    Script script(Playbook playbook) {
      isLoud = percent(40);
      var acts = new HashMap<String, List<Effect>>();
      var given = new HashMap<String, Script.Answer>();
      for (Playbook.Node node : playbook.nodes()) {
        if (node instanceof Playbook.Node.Step) {
          effects(node.name(), acts);
          for (String item : List.of("payments", "pricing", "gateway")) {
            for (Playbook.Node loop : playbook.nodes()) {
              effects(loop.name() + "." + item + "." + node.name(), acts);
            }
          }
        } else if (node instanceof Playbook.Node.Question && percent(70)) {
          given.put(
              node.name(),
              new Script.Answer(new Argument.Flag(percent(50)), Duration.ofSeconds(from(1, 200))));
        }
      }
      var undos = new HashMap<String, Effect>();
      acts.keySet().stream().filter(_ -> percent(20)).forEach(name -> undos.put(name, effect()));
      var later = new ArrayList<Script.Change>();
      for (int i = from(0, 4); i > 0; i--) {
        later.add(new Script.Change(Duration.ofSeconds(from(1, 600)), metrics()));
      }
      var crashes = new ArrayList<Duration>();
      for (int i = percent(30) ? from(1, 2) : 0; i > 0; i--) {
        crashes.add(Duration.ofSeconds(from(1, 300)));
      }
      var diagnosis =
          new Diagnosis(
              ORDERS,
              playbook.treats().iterator().next(),
              Severity.HIGH,
              1,
              List.of(),
              Optional.empty(),
              List.of(),
              "drawn");
      var first = new HashMap<Metric, Optional<Double>>(metrics());
      first.put(new Metric(ORDERS, new MetricId("up")), Optional.of(1.0));
      return new Script(diagnosis, Map.of(), first, acts, undos, given, later, crashes);
    }

    private void effects(String name, Map<String, List<Effect>> acts) {
      if (percent(60)) {
        var effects = new ArrayList<Effect>();
        for (int i = from(1, 3); i > 0; i--) {
          effects.add(effect());
        }
        acts.put(name, effects);
      }
    }

    private Effect effect() {
      int fate = from(1, 100);
      Optional<StepOutcome> ending =
          fate <= 65
              ? Optional.of(StepOutcome.DONE)
              : fate <= 78
                  ? Optional.of(StepOutcome.PASSING)
                  : fate <= 88
                      ? Optional.of(StepOutcome.FAILED)
                      : fate <= 93 ? Optional.of(StepOutcome.UNKNOWN) : Optional.empty();
      return new Effect(
          ending, Duration.ofSeconds(from(1, 70)), percent(50) ? metrics() : Map.of());
    }

    private Map<Metric, Optional<Double>> metrics() {
      var metrics = new HashMap<Metric, Optional<Double>>();
      for (String service : List.of("orders", "payments", "pricing", "gateway")) {
        for (String metric : METRICS) {
          double value =
              switch (metric) {
                case "up" -> percent(85) ? 1 : 0;
                case "error_ratio" -> percent(60) ? 0.01 : 0.3;
                default -> percent(60) ? 100 : 1_500;
              };
          metrics.put(
              new Metric(new ServiceId(service), new MetricId(metric)),
              isLoud || percent(94) ? Optional.of(value) : Optional.empty());
        }
      }
      return metrics;
    }
  }
}

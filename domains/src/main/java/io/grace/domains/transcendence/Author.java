package io.grace.domains.transcendence;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Argument;
import io.grace.core.model.Impact;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.core.policy.TriageRule;
import io.grace.runtime.config.ProvidersConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Writes a remedy down as a playbook with tests. It heals if what named the diagnosis no longer
/// holds; whatever is not known to be taken back is irreversible; what only people can do is asked.
/// *Thread-safe.*
final class Author {
  /// Of a process that is declared; the others say themselves how long they may take.
  private static final Duration STEP = Duration.ofMinutes(2);

  /// Beyond what the provider itself allows.
  private static final Duration GRACE_TIME = Duration.ofSeconds(5);

  private static final Duration ASK = Duration.ofMinutes(10);
  private static final Duration JUDGED = Duration.ofMinutes(3);
  private static final Duration SPARE = Duration.ofMinutes(1);
  private static final int LONGEST_TITLE = 120;

  static final DumpSettings BLOCK =
      DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(100).build();

  private final Policy policy;
  private final Map<String, Duration> limits = new HashMap<>();
  private final Undos undos;

  Author(Policy policy, ProvidersConfig providers) {
    this.policy = policy;
    this.undos = new Undos(policy.playbooks());
    providers.programs().forEach(p -> limits.put(p.action(), p.timeout().plus(GRACE_TIME)));
    providers.calls().forEach(c -> limits.put(c.action(), c.timeout().plus(GRACE_TIME)));
  }

  /// A playbook and its tests, as the texts of two files.
  record Written(String title, String playbook, String tests) {}

  /// Empty if no rule measures the diagnosis, so that nobody could tell whether it helped.
  Optional<Written> write(Gap gap) {
    return policy.triage().stream()
        .filter(rule -> rule.diagnosis().equals(gap.diagnosis()))
        .findFirst()
        .map(rule -> write(gap, rule));
  }

  private Written write(Gap gap, TriageRule rule) {
    List<WrittenStep> steps = named(gap.steps());
    String title = title(gap);
    var boundary = new Boundary(rule);
    return new Written(
        title, playbook(gap, boundary, steps, title), new Scenarios(gap, boundary, steps).text());
  }

  private static String title(Gap gap) {
    String acts =
        gap.steps().stream()
            .filter(Instruction.Act.class::isInstance)
            .map(Instruction::toString)
            .collect(Collectors.joining(", then "));
    long asks = gap.steps().stream().filter(Instruction.Ask.class::isInstance).count();
    String title = acts + (asks == 0 ? "" : ", with what only people can do");
    return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…";
  }

  private List<WrittenStep> named(List<Instruction> instructions) {
    var used = new HashMap<String, Integer>();
    var steps = new ArrayList<WrittenStep>();
    for (Instruction instruction : instructions) {
      String base =
          switch (instruction) {
            case Instruction.Act(Call call) -> call.action();
            case Instruction.Ask _ -> "person";
          };
      int number = used.merge(base, 1, Integer::sum);
      Optional<Undo> undo =
          switch (instruction) {
            case Instruction.Act(Call call) -> Optional.of(undos.of(call));
            case Instruction.Ask _ -> Optional.empty();
          };
      steps.add(new WrittenStep(number == 1 ? base : base + "_" + number, instruction, undo));
    }
    return steps;
  }

  // ---- the playbook

  private String playbook(Gap gap, Boundary boundary, List<WrittenStep> steps, String title) {
    var root = new LinkedHashMap<String, Object>();
    root.put("apiVersion", "grace/v1");
    root.put("kind", "Playbook");
    root.put("id", gap.id());
    root.put("version", 1);
    root.put("title", title);
    root.put("treats", List.of(gap.diagnosis().value()));
    root.put("preconditions", List.of(boundary.claim()));
    root.put("steps", steps.stream().map(this::step).toList());
    var verification = new LinkedHashMap<String, Object>();
    verification.put("checks", List.of(boundary.healed()));
    verification.put("stabilisation", "10s");
    verification.put("interval", "5s");
    verification.put("samples", 3);
    verification.put("failures", 3);
    verification.put("errors", 6);
    verification.put("timeout", seconds(JUDGED));
    root.put("verification", verification);
    root.put("impact", impact(steps).name().toLowerCase(Locale.ROOT));
    root.put("prior", Math.round(gap.chance() * 100) / 100.0);
    Duration whole =
        steps.stream().map(s -> limit(s.instruction())).reduce(JUDGED.plus(SPARE), Duration::plus);
    root.put("timeout", seconds(whole));
    return new Dump(BLOCK).dumpToString(root);
  }

  private Map<String, Object> step(WrittenStep step) {
    var map = new LinkedHashMap<String, Object>();
    map.put("name", step.name());
    switch (step.instruction()) {
      case Instruction.Act act -> {
        call(act.call(), map);
        map.put("timeout", seconds(limit(act)));
        map.put("undo", undo(step.undo().orElseThrow()));
      }
      case Instruction.Ask(String words) -> {
        var ask = new LinkedHashMap<String, Object>();
        ask.put("question", "For a person to do: " + words + " Answer done once it is.");
        var answer = new LinkedHashMap<String, Object>();
        answer.put("type", "text");
        answer.put("one_of", List.of("done"));
        ask.put("answer", answer);
        ask.put("timeout", seconds(ASK));
        map.put("ask", ask);
      }
    }
    return map;
  }

  private static void call(Call call, Map<String, Object> map) {
    map.put("action", call.action());
    call.target().map(ServiceId::value).ifPresent(target -> map.put("target", target));
    if (!call.arguments().isEmpty()) {
      var with = new TreeMap<String, Object>();
      call.arguments().forEach((name, source) -> with.put(name, value(source)));
      map.put("with", with);
    }
  }

  private static Object value(Source source) {
    return switch (source) {
      case Source.FromParameter(String name) -> Map.of("parameter", name);
      case Source.Literal(Argument argument) ->
          switch (argument) {
            case Argument.Text(String text) -> text;
            case Argument.Whole(long whole) -> whole;
            case Argument.Decimal(double decimal) -> decimal;
            case Argument.Flag(boolean flag) -> flag;
          };
    };
  }

  private static Map<String, Object> undo(Undo undo) {
    var map = new LinkedHashMap<String, Object>();
    switch (undo) {
      case Undo.Compensation(Call call) -> call(call, map);
      case Undo.NotNeeded(String why) -> map.put("not_needed", why);
      case Undo.Irreversible _ -> map.put("irreversible", true);
    }
    return map;
  }

  private Duration limit(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Act(Call call) -> limits.getOrDefault(call.action(), STEP);
      case Instruction.Ask _ -> ASK;
    };
  }

  private Impact impact(List<WrittenStep> steps) {
    return steps.stream()
        .flatMap(Author::actions)
        .map(policy.catalogue()::get)
        .map(ActionSpec::impact)
        .reduce(Impact.LOW, (a, b) -> b.atLeast(a) ? b : a);
  }

  private static Stream<String> actions(WrittenStep step) {
    var actions = new ArrayList<String>();
    if (step.instruction() instanceof Instruction.Act(Call call)) {
      actions.add(call.action());
    }
    if (step.undo().isPresent() && step.undo().get() instanceof Undo.Compensation(Call undo)) {
      actions.add(undo.action());
    }
    return actions.stream();
  }

  private static String seconds(Duration duration) {
    return duration.plusMillis(999).toSeconds() + "s";
  }
}

package io.grace.domains.transcendence;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Argument;
import io.grace.core.model.Check.Comparison;
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

  private static final DumpSettings BLOCK =
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

  /// A step as it is written.
  private record Named(String name, Instruction instruction, Optional<Undo> undo) {
    boolean isAct() {
      return instruction instanceof Instruction.Act;
    }

    boolean isTakenBack() {
      return undo.filter(Undo.Compensation.class::isInstance).isPresent();
    }
  }

  /// Empty if no rule measures the diagnosis, so that nobody could tell whether it helped.
  Optional<Written> write(Gap gap) {
    return policy.triage().stream()
        .filter(rule -> rule.diagnosis().equals(gap.diagnosis()))
        .findFirst()
        .map(rule -> write(gap, rule));
  }

  private Written write(Gap gap, TriageRule rule) {
    List<Named> steps = named(gap.steps());
    String title = title(gap);
    return new Written(title, playbook(gap, rule, steps, title), tests(gap, rule, steps));
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

  private List<Named> named(List<Instruction> instructions) {
    var used = new HashMap<String, Integer>();
    var steps = new ArrayList<Named>();
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
      steps.add(new Named(number == 1 ? base : base + "_" + number, instruction, undo));
    }
    return steps;
  }

  // ---- the playbook

  private String playbook(Gap gap, TriageRule rule, List<Named> steps, String title) {
    var root = new LinkedHashMap<String, Object>();
    root.put("apiVersion", "grace/v1");
    root.put("kind", "Playbook");
    root.put("id", gap.id());
    root.put("version", 1);
    root.put("title", title);
    root.put("treats", List.of(gap.diagnosis().value()));
    root.put("preconditions", List.of(claim(rule, rule.comparison().symbol())));
    root.put("steps", steps.stream().map(this::step).toList());
    var verification = new LinkedHashMap<String, Object>();
    verification.put("checks", List.of(healed(rule)));
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

  private Map<String, Object> step(Named step) {
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

  private Impact impact(List<Named> steps) {
    return steps.stream()
        .flatMap(Author::actions)
        .map(policy.catalogue()::get)
        .map(ActionSpec::impact)
        .reduce(Impact.LOW, (a, b) -> b.atLeast(a) ? b : a);
  }

  private static Stream<String> actions(Named step) {
    var actions = new ArrayList<String>();
    if (step.instruction() instanceof Instruction.Act(Call call)) {
      actions.add(call.action());
    }
    if (step.undo().isPresent() && step.undo().get() instanceof Undo.Compensation(Call undo)) {
      actions.add(undo.action());
    }
    return actions.stream();
  }

  // ---- what named the diagnosis, and what shows that it is over

  private static String claim(TriageRule rule, String symbol) {
    return rule.metric() + " " + symbol + " " + number(rule.value());
  }

  private static String healed(TriageRule rule) {
    return switch (rule.comparison()) {
      case LESS -> claim(rule, Comparison.AT_LEAST.symbol());
      case AT_MOST -> claim(rule, Comparison.GREATER.symbol());
      case AT_LEAST -> claim(rule, Comparison.LESS.symbol());
      case GREATER -> claim(rule, Comparison.AT_MOST.symbol());
      case EQUAL ->
          claim(rule, Comparison.LESS.symbol()) + " || " + claim(rule, Comparison.GREATER.symbol());
    };
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /// Away from the boundary, to the side of `more` or of less.
  private static double beyond(double value, boolean more) {
    double step = Math.max(Math.abs(value) / 2, value == Math.rint(value) ? 1 : 0);
    return more ? value + step : value - step;
  }

  private static double sick(TriageRule rule) {
    return switch (rule.comparison()) {
      case LESS -> beyond(rule.value(), false);
      case GREATER -> beyond(rule.value(), true);
      case AT_MOST, AT_LEAST, EQUAL -> rule.value();
    };
  }

  private static double well(TriageRule rule) {
    return switch (rule.comparison()) {
      case LESS, AT_MOST, EQUAL -> beyond(rule.value(), true);
      case GREATER, AT_LEAST -> beyond(rule.value(), false);
    };
  }

  // ---- the tests

  private static String tests(Gap gap, TriageRule rule, List<Named> steps) {
    var root = new LinkedHashMap<String, Object>();
    root.put("apiVersion", "grace/v1");
    root.put("kind", "PlaybookTest");
    root.put("playbook", gap.id());
    root.put("service", gap.service().value());
    root.put("tests", cases(rule, steps));
    return new Dump(BLOCK).dumpToString(root);
  }

  private static List<Map<String, Object>> cases(TriageRule rule, List<Named> steps) {
    List<String> acts = steps.stream().filter(Named::isAct).map(Named::name).toList();
    List<String> asked = steps.stream().filter(s -> !s.isAct()).map(Named::name).toList();
    List<String> undone =
        steps.reversed().stream().filter(Named::isTakenBack).map(Named::name).toList();
    var answers = new LinkedHashMap<String, Object>();
    asked.forEach(name -> answers.put(name, "done"));
    Map<String, Object> well = Map.of("then", Map.of(rule.metric().value(), well(rule)));

    var cases = new ArrayList<Map<String, Object>>();
    cases.add(
        test(
            "it helps",
            sick(rule),
            rule,
            answers,
            Map.of(acts.getLast(), well),
            expect("outcome", "succeeded", "steps", acts, "asked", asked)));
    cases.add(
        test(
            "it does not help, and what can be is taken back",
            sick(rule),
            rule,
            answers,
            Map.of(),
            expect(
                "outcome", undone.isEmpty() ? "failed" : "rolled_back",
                "steps", acts,
                "undone", undone)));
    cases.add(
        test(
            "the first action fails, and nothing else is done",
            sick(rule),
            rule,
            answers,
            Map.of(acts.getFirst(), "failed"),
            expect("outcome", "failed", "steps", List.of(acts.getFirst()), "undone", List.of())));
    if (!asked.isEmpty()) {
      int first = steps.indexOf(steps.stream().filter(s -> !s.isAct()).findFirst().orElseThrow());
      List<String> before = steps.subList(0, first).stream().map(Named::name).toList();
      cases.add(
          test(
              "nobody answers, and nothing more is done",
              sick(rule),
              rule,
              Map.of(),
              Map.of(),
              expect("outcome", "aborted", "reason", "nobody answered", "steps", before)));
    }
    cases.add(
        test(
            "what is well is left alone",
            well(rule),
            rule,
            answers,
            Map.of(),
            expect("outcome", "not_started")));
    return cases;
  }

  private static Map<String, Object> test(
      String name,
      double value,
      TriageRule rule,
      Map<String, Object> answers,
      Map<String, Object> acts,
      Map<String, Object> expect) {
    var test = new LinkedHashMap<String, Object>();
    test.put("name", name);
    test.put("metrics", Map.of(rule.metric().value(), value));
    if (!answers.isEmpty()) {
      test.put("answers", new LinkedHashMap<>(answers));
    }
    if (!acts.isEmpty()) {
      test.put("acts", acts);
    }
    test.put("expect", expect);
    return test;
  }

  /// @param pairs names and values in turn
  private static Map<String, Object> expect(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      // A copy, since what is there twice would be written as an alias.
      Object value = pairs[i + 1] instanceof List<?> list ? new ArrayList<>(list) : pairs[i + 1];
      map.put((String) pairs[i], value);
    }
    return map;
  }

  private static String seconds(Duration duration) {
    return duration.plusMillis(999).toSeconds() + "s";
  }
}

package io.grace.runtime.config;

import io.grace.core.event.Event.StepOutcome;
import io.grace.core.model.Argument;
import io.grace.core.model.Change;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.MetricId;
import io.grace.core.model.Playbook;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Symptom;
import io.grace.core.policy.Policy;
import io.grace.core.state.Run.Outcome;
import io.grace.runtime.rehearsal.Played;
import io.grace.runtime.rehearsal.Rehearsal;
import io.grace.runtime.rehearsal.Script;
import io.grace.runtime.rehearsal.Script.Effect;
import io.grace.runtime.rehearsal.Script.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Unit tests of playbooks, written in YAML and played on simulated time.
public final class PlaybookTests {
  /// One test.
  ///
  /// @param file and line where it is written
  /// @param objections what was not as expected; empty if it passed
  /// @param story what happened, a line each
  /// @param took of real time
  public record Case(
      String file,
      int line,
      String playbook,
      String name,
      List<String> objections,
      List<String> story,
      Duration took) {
    public boolean passed() {
      return objections.isEmpty();
    }
  }

  /// @param problems what is wrong with the file; then nothing was played
  public record Report(List<Case> cases, List<Problem> problems) {}

  /// As many as there may be playbooks.
  private static final int MOST_FILES = 500;

  private static final Effect NEVER_ENDS =
      new Effect(Optional.empty(), Duration.ofSeconds(1), Map.of());

  private final Policy policy;
  private final YamlFile file;

  private PlaybookTests(Policy policy, YamlFile file) {
    this.policy = policy;
    this.file = file;
  }

  /// The files of tests that paths name: themselves, or those in a directory, by name.
  ///
  /// @throws IOException if a directory cannot be listed, or holds too many
  public static List<Path> files(List<Path> paths) throws IOException {
    var files = new ArrayList<Path>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (var found = Files.list(path)) {
          found
              .filter(f -> f.toString().endsWith(".yaml"))
              .sorted()
              .limit(MOST_FILES + 1L)
              .forEach(files::add);
        }
      } else {
        files.add(path);
      }
    }
    if (files.size() > MOST_FILES) {
      throw new IOException("more than " + MOST_FILES + " files of tests");
    }
    return files;
  }

  /// Plays all tests of a file.
  public static Report run(Config config, Path path) {
    return run(config.policy(), YamlReader.read(path, path.toString()));
  }

  static Report run(Policy policy, YamlFile file) {
    SchemaCheck.TESTS.check(file);
    if (!file.problems().found().isEmpty()) {
      return new Report(List.of(), file.problems().found());
    }
    return new PlaybookTests(policy, file).run();
  }

  private Report run() {
    Cursor root = file.cursor();
    Optional<Playbook> playbook = playbook(root.at("playbook"));
    var cases = new ArrayList<Case>();
    if (playbook.isPresent()) {
      for (Cursor test : root.at("tests").items()) {
        cases.add(play(root, test, playbook.get()));
      }
    }
    List<Problem> problems = file.problems().found();
    return new Report(problems.isEmpty() ? cases : List.of(), problems);
  }

  private Optional<Playbook> playbook(Cursor cursor) {
    Optional<Playbook> playbook =
        policy.playbooks().stream().filter(p -> p.id().value().equals(cursor.text(""))).findFirst();
    if (playbook.isEmpty()) {
      cursor.problem(
          "there is no playbook "
              + Known.named(
                  cursor.text(""), policy.playbooks().stream().map(Playbook::id).toList()));
    }
    return playbook;
  }

  private Case play(Cursor root, Cursor test, Playbook playbook) {
    long start = System.nanoTime();
    var service = new ServiceId(root.at("service").text("orders"));
    Script script = script(root, test, playbook, service);
    Played played = Rehearsal.play(policy, playbook, script);
    var place = file.places().getOrDefault(test.pointer(), Problems.Place.START);
    return new Case(
        file.name(),
        place.line(),
        playbook.id().value(),
        test.at("name").text(""),
        objections(test.at("expect"), played),
        played.story(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  // ---- what is given

  private Script script(Cursor root, Cursor test, Playbook playbook, ServiceId service) {
    var settings = new HashMap<String, Argument>();
    policy.service(service).ifPresent(s -> settings.putAll(s.settings(playbook.id())));
    for (Cursor given : List.of(root.at("settings"), test.at("settings"))) {
      given.members().forEach((name, c) -> setting(c, name, playbook, settings));
    }
    var acts = new LinkedHashMap<String, List<Effect>>();
    var undos = new HashMap<String, Effect>();
    test.at("acts")
        .members()
        .forEach((name, c) -> {
          requireStep(c, name, playbook);
          var effects = new ArrayList<Effect>();
          if (c.node().isArray()) {
            c.items().forEach(item -> effects.add(effect(item, service)));
          } else {
            effects.add(effect(c, service));
          }
          acts.put(name, effects);
        });
    test.at("undos")
        .members()
        .forEach((name, c) -> {
          requireStep(c, name, playbook);
          undos.put(name, effect(c, service));
        });
    var answers = new HashMap<String, Script.Answer>();
    test.at("answers")
        .members()
        .forEach((name, c) -> {
          requireStep(c, name, playbook);
          Cursor with = c.node().isObject() ? c.at("with") : c;
          Bounds.argument(with)
              .ifPresent(a -> answers.put(name, new Script.Answer(a, seconds(c.at("after")))));
        });
    return new Script(
        diagnosis(test, playbook, service),
        settings,
        metrics(test.at("metrics"), service),
        acts,
        undos,
        answers,
        test.at("later").list(c -> change(c, service)),
        test.at("crashes").list(c -> Optional.of(c.duration(Duration.ZERO))));
  }

  private static void setting(
      Cursor cursor, String name, Playbook playbook, Map<String, Argument> settings) {
    var parameter = playbook.parameters().get(name);
    if (parameter == null) {
      cursor.problem(
          playbook.id() + " has no parameter " + Known.named(name, playbook.parameters().keySet()));
    } else {
      Bounds.argument(cursor, parameter.bound()).ifPresent(a -> settings.put(name, a));
    }
  }

  /// A step of the playbook, or one in a loop or in a playbook within it, by its whole name.
  private static void requireStep(Cursor cursor, String name, Playbook playbook) {
    String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    var known = playbook.nodes().stream().map(Playbook.Node::name).toList();
    if (!known.contains(name) && !known.contains(first)) {
      cursor.problem(playbook.id() + " has no step " + Known.named(name, known));
    }
  }

  private static Duration seconds(Cursor cursor) {
    return cursor.duration(Duration.ofSeconds(1));
  }

  private static Optional<Script.Change> change(Cursor cursor, ServiceId service) {
    return Optional.of(
        new Script.Change(
            cursor.at("at").duration(Duration.ZERO), metrics(cursor.at("metrics"), service)));
  }

  private static Effect effect(Cursor cursor, ServiceId service) {
    String ending = cursor.node().isObject() ? cursor.at("result").text("done") : cursor.text("");
    if (ending.equals("hangs")) {
      return NEVER_ENDS;
    }
    return new Effect(
        Optional.of(StepOutcome.valueOf(ending.toUpperCase(Locale.ROOT))),
        seconds(cursor.at("after")),
        metrics(cursor.at("then"), service));
  }

  /// `error_ratio: 0.2` of the service itself, `payments.up: 1` of another, `null` for silence.
  private static Map<Metric, Optional<Double>> metrics(Cursor cursor, ServiceId service) {
    var metrics = new HashMap<Metric, Optional<Double>>();
    cursor
        .node()
        .properties()
        .forEach(member -> {
          String name = member.getKey();
          int dot = name.lastIndexOf('.');
          var of = dot < 0 ? service : new ServiceId(name.substring(0, dot));
          metrics.put(
              new Metric(of, new MetricId(name.substring(dot + 1))),
              member.getValue().isNumber()
                  ? Optional.of(member.getValue().doubleValue())
                  : Optional.empty());
        });
    return metrics;
  }

  private Diagnosis diagnosis(Cursor test, Playbook playbook, ServiceId service) {
    Cursor incident = test.at("incident");
    var kind =
        incident
            .at("diagnosis")
            .text()
            .map(DiagnosisKind::new)
            .orElse(playbook.treats().stream().sorted().findFirst().orElseThrow());
    var symptom = incident.at("symptom");
    List<Symptom> evidence =
        symptom.isThere()
            ? List.of(
                new Symptom(
                    new MetricId(symptom.at("metric").text("up")),
                    symptom.at("value").decimal(0),
                    symptom.at("threshold").decimal(0),
                    1,
                    Optional.empty(),
                    "test"))
            : List.of();
    var change = incident.at("change");
    List<Change> changes =
        change.isThere()
            ? List.of(
                new Change(
                    change.at("id").text("change-1"),
                    service,
                    change.at("kind").choice(Change.Kind.class).orElse(Change.Kind.DEPLOY),
                    change.at("ref").text(""),
                    change.at("by").text(""),
                    "",
                    List.of(),
                    Instant.EPOCH))
            : List.of();
    return new Diagnosis(
        service,
        kind,
        incident.at("severity").choice(Severity.class).orElse(Severity.HIGH),
        1,
        evidence,
        incident.at("cause").text().map(ServiceId::new),
        changes,
        "test");
  }

  // ---- what is expected

  private static List<String> objections(Cursor expect, Played played) {
    var found = new ArrayList<String>();
    String outcome = played.outcome().map(PlaybookTests::lower).orElse("not_started");
    same(found, "outcome", expect.at("outcome").text(), outcome, played.reason());
    list(found, "steps", expect.at("steps"), played.steps());
    list(found, "undone", expect.at("undone"), played.undone());
    list(found, "asked", expect.at("asked"), played.asked());
    expect
        .at("results")
        .members()
        .forEach((step, wanted) -> {
          var result = played.results().get(step);
          String is = result == null ? "nothing" : result.toString();
          same(found, "result of " + step, wanted.text(), is, "");
        });
    expect
        .at("reason")
        .text()
        .filter(wanted -> !played.reason().contains(wanted))
        .ifPresent(wanted ->
            found.add(
                "reason: expected to contain '" + wanted + "', is '" + played.reason() + "'"));
    if (expect.at("within").isThere()) {
      Duration within = expect.at("within").duration(Duration.ZERO);
      if (played.took().compareTo(within) > 0) {
        found.add(
            "took "
                + Shown.duration(played.took())
                + ", expected at most "
                + Shown.duration(within));
      }
    }
    if (expect.at("at_once").isThere() && expect.at("at_once").whole(0) != played.acting()) {
      found.add("at once: expected " + expect.at("at_once").whole(0) + ", are " + played.acting());
    }
    return List.copyOf(found);
  }

  private static String lower(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private static void same(
      List<String> found, String what, Optional<String> wanted, String is, String why) {
    if (wanted.isPresent() && !wanted.get().equals(is)) {
      found.add(
          what
              + ": expected "
              + wanted.get()
              + ", is "
              + is
              + (why.isEmpty() ? "" : " (" + why + ")"));
    }
  }

  private static void list(List<String> found, String what, Cursor wanted, List<String> is) {
    if (wanted.isThere()) {
      List<String> names = wanted.list(Cursor::text);
      if (!names.equals(is)) {
        found.add(what + ": expected " + names + ", are " + is);
      }
    }
  }

  /// As JUnit's XML, one suite for each playbook, so that every build server shows it.
  public static String junit(List<Case> cases) {
    var suites = new TreeMap<String, List<Case>>();
    cases.forEach(c -> suites.computeIfAbsent(c.playbook(), _ -> new ArrayList<>()).add(c));
    return JUnitXml.of(suites);
  }
}

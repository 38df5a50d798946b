package io.grace.lab.security;

import io.grace.domains.security.sigma.Event;
import io.grace.domains.security.sigma.LogSource;
import io.grace.domains.security.sigma.LogSourceMap;
import io.grace.domains.security.sigma.Placeholders;
import io.grace.domains.security.sigma.RuleSet;
import io.grace.domains.security.sigma.Sigma;
import io.grace.domains.security.sigma.Unusable;
import io.grace.lab.bench.Report;
import io.grace.lab.foresight.PublicData;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// The Sigma engine against the public rules: how many it takes, whether each rule's own event fits
/// it, and how many events a second it judges by all of them.
///
/// A rule is loaded if nothing of it is rejected. A fixture matches if one of its events, told only
/// its own content and the public map of log sources, fits the rule it is about, with all other
/// rules loaded. The speed is that of one thread on all events of all fixtures in random order,
/// from the bytes of a line of JSON to the list of rules that it fits, in CPU time: a machine that
/// does other things besides does not decide.
public final class SigmaBench {
  private static final List<String> FOLDERS =
      List.of("rules", "rules-emerging-threats", "rules-threat-hunting");

  /// Two rules ask for the names of certificate authorities; any will do to load them.
  private static final Placeholders PLACEHOLDERS =
      new Placeholders(Map.of("known_cdcs", List.of("dc-01", "dc-02")));

  private static final int RULES_WANTED = 3_754;
  private static final int FIXTURES_WANTED = 98;
  private static final double EVENTS_A_SECOND_WANTED = 50_000;
  private static final int WARM_UP = 4;
  private static final int EVENTS_A_ROUND = 20_000;

  private SigmaBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    Optional<Path> folder = PublicData.folder("sigma");
    if (folder.isEmpty()) {
      report.note(PublicData.skipped("sigma"));
      return;
    }
    List<Path> folders = FOLDERS.stream().map(folder.get()::resolve).toList();
    RuleSet rules = load(report, folders);
    LogSourceMap map =
        LogSourceMap.read(Files.readString(folder.get().resolve("logsource-map/thor.yml")));
    long before = used();
    long began = cpu();
    Sigma engine = Sigma.of(rules, map, Set.of());
    long took = cpu() - began;
    long heap = used() - before;
    Sigma.Inside inside = engine.inside();
    report.note(
        "index: %.1f s of CPU, %.0f MB of heap; %,d different questions, %,d states, %d rules that"
            + " nothing announces",
        took / 1e9, heap / 1e6, inside.atoms(), inside.states(), inside.unannounced());
    List<Fixture> fixtures = Fixture.all(folder.get().resolve("regression_data"));
    fixtures(report, engine, fixtures);
    speed(report, engine, fixtures, quick ? 3 : 11);
  }

  private static RuleSet load(Report report, List<Path> folders) throws Exception {
    int bare = RuleSet.read(folders, Placeholders.NONE).size();
    long began = cpu();
    RuleSet rules = RuleSet.read(folders, PLACEHOLDERS);
    report.note("rules: read in %.1f s of CPU", (cpu() - began) / 1e9);
    rules.rejections().forEach(one -> report.note("  %s: %s", one.file(), one.reason()));
    report.promise(
        rules.size() == RULES_WANTED && rules.rejections().isEmpty(),
        "rules loaded: %,d of %,d; %,d without a value for the placeholder %%known_cdcs%%",
        rules.size(),
        RULES_WANTED,
        bare);
    return rules;
  }

  private static void fixtures(Report report, Sigma engine, List<Fixture> fixtures)
      throws Unusable {
    Event event = engine.event();
    int matched = 0;
    int asCounted = 0;
    int differing = 0;
    for (Fixture fixture : fixtures) {
      int fits = 0;
      for (byte[] json : fixture.events()) {
        engine.fill(event, LogSource.ANY, json, 0, json.length);
        Set<String> found = new HashSet<>(engine.fitting(event, true));
        engine.fill(event, LogSource.ANY, json, 0, json.length);
        differing += found.equals(new HashSet<>(engine.fitting(event, false))) ? 0 : 1;
        fits += found.contains(fixture.rule()) ? 1 : 0;
      }
      matched += fits > 0 ? 1 : 0;
      asCounted += fits == fixture.expected() || fixture.expected() == 0 ? 1 : 0;
      if (fits == 0) {
        report.note("  not matched: %s", fixture.name());
      }
    }
    report.promise(
        matched == FIXTURES_WANTED && fixtures.size() == FIXTURES_WANTED,
        "fixtures that fit their own rule: %d of %d; as many events as the author counted: %d",
        matched,
        fixtures.size(),
        asCounted);
    report.promise(
        differing == 0,
        "events that the index judges differently than all rules do: %d",
        differing);
  }

  /// What is measured of an event.
  private interface Stage {
    int of(Event event);
  }

  private static void speed(Report report, Sigma engine, List<Fixture> fixtures, int rounds)
      throws Unusable {
    List<byte[]> events = new ArrayList<>();
    fixtures.forEach(fixture -> events.addAll(fixture.events()));
    Collections.shuffle(events, new Random(1));
    List<Stage> stages = List.of(_ -> 0, engine::candidates, engine::count);
    List<List<Double>> micros = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    long found = 0;
    long wall = System.nanoTime();
    // Interleaved, so that whatever else the machine does meets all stages alike.
    for (int round = -WARM_UP; round < rounds; round++) {
      for (int stage = 0; stage < stages.size(); stage++) {
        long began = cpu();
        found += run(engine, events, stages.get(stage));
        double each = (cpu() - began) / 1e3 / EVENTS_A_ROUND;
        if (round >= 0) {
          micros.get(stage).add(each);
        }
      }
    }
    double bytes = events.stream().mapToInt(json -> json.length).average().orElse(0);
    double parse = Report.median(micros.get(0));
    double index = Report.median(micros.get(1));
    double all = Report.median(micros.get(2));
    report.note(
        "%d different events of %.0f bytes, %,d a round, %d rounds; medians; %.0f s in all",
        events.size(), bytes, EVENTS_A_ROUND, rounds, (System.nanoTime() - wall) / 1e9);
    report.note(
        "an event: parse %.2f µs, log source and index %.2f µs, judging %.2f µs; in all %.2f µs",
        parse, index - parse, all - index, all);
    report.note(
        "rules judged of an event: %.1f of %,d",
        (double) engine.inside().judged() / ((rounds + WARM_UP) * EVENTS_A_ROUND),
        engine.inside().rules());
    report.note(
        "ceiling, parsing alone: %,.0f events/s; with all rules %.2f of it (found %d)",
        1e6 / parse, parse / all, found);
    report.promise(
        1e6 / all >= EVENTS_A_SECOND_WANTED,
        "events a second and core by %,d rules: %,.0f ≥ %,.0f (rounds from %,.0f to %,.0f)",
        engine.inside().rules(),
        1e6 / all,
        EVENTS_A_SECOND_WANTED,
        1e6 / Collections.max(micros.get(2)),
        1e6 / Collections.min(micros.get(2)));
  }

  private static long run(Sigma engine, List<byte[]> events, Stage stage) throws Unusable {
    Event event = engine.event();
    long sum = 0;
    for (int i = 0; i < EVENTS_A_ROUND; i++) {
      byte[] json = events.get(i % events.size());
      engine.fill(event, LogSource.ANY, json, 0, json.length);
      sum += stage.of(event);
    }
    return sum;
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}

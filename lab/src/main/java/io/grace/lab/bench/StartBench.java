package io.grace.lab.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How long a start takes, and how much longer with a long past.
final class StartBench {
  private static final int SERVICES = 200;
  private static final double READY_LIMIT_S = 4;
  private static final double RECOVERY_LIMIT_S = 1;

  private StartBench() {}

  static void measure(Report report, boolean quick) throws Exception {
    int entries = quick ? 100_000 : 1_000_000;
    int rounds = quick ? 3 : 5;
    try (Scratch long_ = Scratch.create("long");
        Scratch short_ = Scratch.create("short");
        Touched touched = new Touched()) {
      var past = BenchConfig.write(long_.path(), SERVICES, touched.url(), false);
      long began = System.nanoTime();
      long size = FilledJournal.fill(past.load(), entries);
      report.note(
          "a journal of %,d entries (%,d MB) was made in %.0f s",
          size,
          Files.size(long_.path().resolve("grace.db")) / 1_000_000,
          (System.nanoTime() - began) / 1e9);
      var none = BenchConfig.write(short_.path(), SERVICES, touched.url(), false);
      List<Double> withPast = new ArrayList<>();
      List<Double> without = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        without.add(ready(none));
        // Each start begins from the same crash: what an orderly end would have saved is removed.
        try (Scratch copy = Scratch.create("copy")) {
          withPast.add(ready(copy(past, long_.path(), copy)));
        }
      }
      report(report, Served.hasAotCache(), without, withPast);
    }
  }

  private static BenchConfig copy(BenchConfig config, Path from, Scratch to) throws Exception {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        var target = to.path().resolve(from.relativize(file));
        if (!Files.exists(target)) {
          Files.copy(file, target);
        }
      }
    }
    return new BenchConfig(to.path().resolve("grace.yaml"), config.services(), config.port());
  }

  private static double ready(BenchConfig config) throws Exception {
    try (Served served = Served.start(config)) {
      return served.readySeconds();
    }
  }

  private static void report(
      Report report, boolean hasCache, List<Double> without, List<Double> withPast) {
    String cache = hasCache ? "with the AOT cache" : "WITHOUT an AOT cache (run grace warm first)";
    double empty = Report.median(without);
    double full = Report.median(withPast);
    report.promise(
        full < READY_LIMIT_S,
        "ready %s: n=%d, median %.2f s with a long journal, %.2f s with a short one, limit %.0f s",
        cache,
        withPast.size(),
        full,
        empty,
        READY_LIMIT_S);
    report.promise(
        full - empty < RECOVERY_LIMIT_S,
        "recovery: n=%d, a long journal costs %+.2f s (median to median), limit %.0f s",
        withPast.size(),
        full - empty,
        RECOVERY_LIMIT_S);
  }
}

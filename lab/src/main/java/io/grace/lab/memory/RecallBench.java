package io.grace.lab.memory;

import io.grace.core.event.MemoryEvent;
import io.grace.core.loop.MemoryCommands;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryPolicy;
import io.grace.core.memory.Recall;
import io.grace.core.memory.Standing;
import io.grace.core.memory.Verdict;
import io.grace.core.state.Snapshot;
import io.grace.lab.bench.Report;
import io.grace.runtime.journal.FileKeyRing;
import io.grace.runtime.journal.SigningKey;
import io.grace.runtime.loop.Reply;
import io.grace.runtime.memory.Answer;
import io.grace.runtime.memory.Broker;
import io.grace.runtime.memory.MemoryBank;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// How long a recall takes among a million memories: judged, searched, ranked, read, signed and, in
/// a second table, recorded by the real loop in a journal on the disk before it is answered.
///
/// Requests are mixed: own domain and all ten, few types and all, of all time and of two months,
/// frequent and rare words. The clock of the world moves so that no quota bites; durations are of
/// the real clock.
public final class RecallBench {
  private static final int MANY = 1_000_000;
  private static final int FEW = 100_000;
  private static final int BATCH = 10_000;
  private static final int WARM_UP = 3_000;
  private static final int ROUND = 500;
  private static final double LIMIT_MS = 5;
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  /// Ten domains take turns by chance; the least quota is 50 a minute.
  private static final Duration BETWEEN = Duration.ofMillis(300);

  private RecallBench() {}

  /// Time of the world.
  private static final class Clock implements InstantSource {
    private volatile Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    void tick() {
      now = now.plus(BETWEEN);
    }
  }

  public static void measure(Report report, boolean quick) throws Exception {
    int size = quick ? FEW : MANY;
    Path place = Files.createTempDirectory("grace-bench-memories-");
    try (var bank = MemoryBank.open(place.resolve("memory"))) {
      load(report, bank, size);
      SigningKey key = FileKeyRing.in(place.resolve("keys")).create();
      floor(report, bank, quick ? 2_000 : 10_000);
      recalls(report, bank, key, quick ? 2_000 : 10_000, size);
      var clock = new Clock();
      try (var world = JournaledWorld.start(place.resolve("journal"), clock)) {
        recorded(report, bank, world, clock, quick ? 500 : 3_000);
      }
    } finally {
      try (var files = Files.walk(place)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static void load(Report report, MemoryBank bank, int size) throws Exception {
    var made = new MadeMemories(7, NOW);
    var batch = new ArrayList<Memory>(BATCH);
    long letters = 0;
    long began = System.nanoTime();
    for (int i = 0; i < size; i++) {
      Memory memory = made.memory(i);
      letters += memory.content().length();
      batch.add(memory);
      if (batch.size() == BATCH) {
        bank.keep(batch);
        batch.clear();
      }
    }
    bank.keep(batch);
    double kept = (System.nanoTime() - began) / 1e9;
    long learning = System.nanoTime();
    bank.learn();
    long merging = System.nanoTime();
    bank.merge();
    report.note(
        "%,d memories of %d characters in the mean, ten domains, four types; kept and indexed in"
            + " %.0f s (%,.0f a second), placed by meaning in %.0f s, merged in %.0f s; index %d MB;"
            + " resident %s",
        bank.size(),
        letters / size,
        kept,
        size / kept,
        (merging - learning) / 1e9,
        (System.nanoTime() - merging) / 1e9,
        bank.index().bytes() >> 20,
        resident());
  }

  /// A bare look-up of the rarest word in the same index.
  private static void floor(Report report, MemoryBank bank, int rounds) throws Exception {
    var made = new MadeMemories(11, NOW);
    var times = new Times();
    for (int i = -WARM_UP; i < rounds; i++) {
      Recall recall = made.recall();
      if (MemoryPolicy.STANDARD.judge(recall, new Standing(1, 0))
          instanceof Verdict.Granted(var grant, _)) {
        times.start();
        bank.index().floor(recall.query(), grant, 10);
        times.stop(i >= 0);
      }
    }
    report.note("ceiling, one word looked up alone: %s", times);
  }

  private static void recalls(Report report, MemoryBank bank, SigningKey key, int rounds, int size)
      throws Exception {
    var clock = new Clock();
    var state = new AtomicReference<>(Snapshot.EMPTY.after(trusts()));
    var broker =
        new Broker(
            MemoryPolicy.STANDARD,
            bank,
            (command, _) -> {
              var outcome =
                  MemoryCommands.decide(
                      command, state.get(), MemoryPolicy.STANDARD, clock.instant());
              state.set(state.get().after(outcome.event().stream().toList()));
              return Optional.of(new Reply.Recorded.Decided(outcome));
            },
            () -> state.get().memories(),
            () -> key,
            clock);
    var times = ask(broker, clock, rounds);
    report.promise(
        times.quantile(0.99) < LIMIT_MS,
        "recall among %,d, judged, ranked, read and signed: %s, limit p99 %.0f ms; resident %s",
        size,
        times,
        LIMIT_MS,
        resident());
    rounds(report, times);
    var ahead = broker.patterns().prefetch();
    report.note("searched ahead %d, used %d", ahead.fetched(), ahead.used());
  }

  private static void rounds(Report report, Times times) {
    report.note(
        "median over rounds of %d: p50 %.2f ms, p99 %.2f ms; so far %s",
        ROUND, times.ofRounds(0.5, ROUND), times.ofRounds(0.99, ROUND), collections());
  }

  private static String collections() {
    long count = 0;
    long ms = 0;
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      count += collector.getCollectionCount();
      ms += collector.getCollectionTime();
    }
    return String.format(
        Locale.ROOT,
        "%d collections of garbage, %.1f ms each",
        count,
        (double) ms / Math.max(1, count));
  }

  private static void recorded(
      Report report, MemoryBank bank, JournaledWorld world, Clock clock, int rounds)
      throws Exception {
    var waits = new Times();
    var times = ask(world.broker(bank, waits), clock, rounds);
    report.promise(
        times.quantile(0.99) < LIMIT_MS,
        "the same, recorded by the loop on this disk before it is answered: %s, limit p99 %.0f ms",
        times,
        LIMIT_MS);
    rounds(report, times);
    report.note("of it, until the loop had judged and its record was durable: %s", waits);
    report.note("one such entry appended alone, on this disk: %s", world.appends(rounds));
  }

  private static Times ask(Broker broker, Clock clock, int rounds) throws Exception {
    var made = new MadeMemories(13, NOW);
    var times = new Times();
    for (int i = -WARM_UP; i < rounds; i++) {
      Recall recall = made.recall();
      clock.tick();
      times.start();
      Answer answer = broker.recall(recall);
      times.stop(i >= 0);
      if (!(answer instanceof Answer.Recalled)) {
        throw new IllegalStateException("wanted memories, found " + answer);
      }
    }
    return times;
  }

  /// Every domain may read what is shared.
  static List<MemoryEvent.MemoryTrusted> trusts() {
    return Arrays.stream(DomainId.values())
        .map(d -> new MemoryEvent.MemoryTrusted(d, "bench", 0.9, "for the bench", NOW))
        .toList();
  }

  private static String resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return "not known here";
    }
    try (var lines = Files.lines(status)) {
      long kilobytes =
          lines
              .filter(l -> l.startsWith("VmRSS"))
              .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")))
              .sum();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      return (kilobytes >> 10) + " MB, of which heap in use " + (heap >> 20) + " MB";
    }
  }
}

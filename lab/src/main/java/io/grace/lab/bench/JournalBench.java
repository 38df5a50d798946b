package io.grace.lab.bench;

import io.grace.cli.log.LogSource;
import io.grace.cli.log.Trust;
import io.grace.cli.log.Verdict;
import io.grace.cli.log.Verifier;
import io.grace.core.entry.Draft;
import io.grace.runtime.journal.EntryStore;
import io.grace.runtime.journal.FileKeyRing;
import io.grace.runtime.journal.Storage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Measures the journal against its promises.
///
/// - Append, chained, hashed, fenced, signed once a second and with a projection, in groups of 100:
///   at least 0.8 of a plain multi-row insert of the same rows into the same store, whose groups
///   are just as durable. Both run in turn, round by round, so that a busy machine hits both;
///   medians are compared.
/// - Verification of a million entries on one thread: at least 300,000 entries a second of CPU
///   time.
///
/// Run: `java --enable-native-access=ALL-UNNAMED -cp … io.grace.lab.bench.JournalBench [DIRECTORY
/// [JDBC-URL USER]]`, with an empty database behind the URL and its password in `PGPASSWORD`; with
/// Maven: `mvn -pl lab -am -DskipTests package exec:java
/// -Dexec.mainClass=io.grace.lab.bench.JournalBench`. Its output ends with PASS or MISS for each.
public final class JournalBench {
  private static final int ROUNDS = 9;
  private static final int WARM_UP_ROUNDS = 2;
  private static final int GROUPS = 300;
  private static final int GROUP = 100;
  private static final double WANTED_RATIO = 0.8;
  private static final double WANTED_PER_SECOND = 300_000;
  private static final int VERIFIED = 1_000_000;

  private JournalBench() {}

  public static void main(String[] arguments) throws Exception {
    Path directory =
        arguments.length > 0
            ? Files.createTempDirectory(Path.of(arguments[0]), "journal-bench")
            : Files.createTempDirectory("journal-bench");
    try {
      sqlite(directory);
      if (arguments.length > 2) {
        String password = Optional.ofNullable(System.getenv("PGPASSWORD")).orElse("");
        try (Storage storage = Storage.postgres(arguments[1], arguments[2], password)) {
          append(
              "PostgreSQL",
              storage,
              FileKeyRing.in(directory.resolve("keys-pg")),
              PlainInsert.postgres(arguments[1], arguments[2], password, GROUP));
        }
        verify("PostgreSQL", arguments[1] + "?user=" + arguments[2]);
      }
    } finally {
      delete(directory);
    }
  }

  private static void sqlite(Path directory) throws Exception {
    Path file = directory.resolve("grace.db");
    FileKeyRing keys = FileKeyRing.in(directory.resolve("keys"));
    try (Storage storage = Storage.sqlite(file)) {
      append("SQLite", storage, keys, PlainInsert.sqlite(file, GROUP));
      fill(storage, keys);
    }
    verify("SQLite", file.toString());
  }

  private static void append(
      String name, Storage storage, FileKeyRing keys, PlainInsert plainInsert) throws Exception {
    List<Double> plain = new ArrayList<>();
    List<Double> chained = new ArrayList<>();
    try (PlainInsert peer = plainInsert;
        EntryStore store =
            EntryStore.open(
                storage, keys, List.of(new BenchRuns()), InstantSource.system(), "bench")) {
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        List<List<Draft>> groups = BenchDrafts.groups(GROUPS, GROUP);
        double peerRate = rate(groups, peer::insert);
        double ownRate = rate(groups, store::append);
        if (round >= 0) {
          plain.add(peerRate);
          chained.add(ownRate);
        }
      }
    }
    double ratio = median(chained) / median(plain);
    print(
        "%s append: plain %,.0f rows/s, chained %,.0f rows/s (medians of n=%d rounds of %d groups of %d)",
        name, median(plain), median(chained), ROUNDS, GROUPS, GROUP);
    print(
        "%s append: ratio %.3f, wanted %.1f: %s",
        name, ratio, WANTED_RATIO, ratio >= WANTED_RATIO ? "PASS" : "MISS");
  }

  @FunctionalInterface
  private interface Insert {
    void group(List<Draft> drafts) throws Exception;
  }

  private static double rate(List<List<Draft>> groups, Insert insert) throws Exception {
    long start = System.nanoTime();
    for (List<Draft> group : groups) {
      insert.group(group);
    }
    return perSecond((long) GROUPS * GROUP, System.nanoTime() - start);
  }

  private static void fill(Storage storage, FileKeyRing keys) throws Exception {
    try (EntryStore store =
        EntryStore.open(storage, keys, List.of(), InstantSource.system(), "bench")) {
      while (store.head().index() < VERIFIED) {
        for (List<Draft> group : BenchDrafts.groups(1, 5_000)) {
          store.append(group);
        }
      }
    }
  }

  private static void verify(String name, String location) throws IOException {
    List<Double> rates = new ArrayList<>();
    long entries = 0;
    for (int round = -1; round < 3; round++) {
      long start = cpuNanos();
      Verdict verdict = Verifier.verify(LogSource.at(location), Trust.none(), _ -> {});
      if (!verdict.isClean()) {
        throw new IllegalStateException("what was written must verify: " + verdict.findings());
      }
      entries = verdict.entries();
      if (round >= 0) {
        rates.add(perSecond(entries, cpuNanos() - start));
      }
    }
    print(
        "%s verify: %,.0f entries/s of CPU on one thread (median of n=%d, %,d entries), wanted %,.0f: %s",
        name,
        median(rates),
        rates.size(),
        entries,
        WANTED_PER_SECOND,
        median(rates) >= WANTED_PER_SECOND ? "PASS" : "MISS");
  }

  /// The time that this thread has computed: others on the machine do not count.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double perSecond(long count, long nanos) {
    return count * (double) Duration.ofSeconds(1).toNanos() / nanos;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

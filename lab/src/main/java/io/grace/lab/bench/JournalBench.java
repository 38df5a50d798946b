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
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Measures the journal against its promises.
///
/// - Append, chained, hashed, fenced, signed once a second and with a projection, in groups of 100:
///   at least 0.8 of a plain multi-row insert of the same rows into the same store, whose groups
///   are just as durable. Both run in turn, round by round, so that a busy machine hits both;
///   medians are compared.
/// - Verification of a million entries on one thread: at least 300,000 entries a second of CPU
///   time.
///
/// Run: `grace bench journal`; for PostgreSQL too: `java --enable-native-access=ALL-UNNAMED -cp …
/// io.grace.lab.bench.JournalBench JDBC-URL USER`, with an empty database behind the URL and its
/// password in `PGPASSWORD`. It says PASS or MISS for each.
public final class JournalBench {
  private static final int ROUNDS = 9;
  private static final int QUICK_ROUNDS = 3;
  private static final int WARM_UP_ROUNDS = 2;
  private static final int GROUPS = 300;
  private static final int GROUP = 100;
  private static final double WANTED_RATIO = 0.8;
  private static final double WANTED_PER_SECOND = 300_000;
  private static final int VERIFIED = 1_000_000;
  private static final int QUICK_VERIFIED = 100_000;

  private final Report report;
  private final int rounds;
  private final int verified;

  private JournalBench(Report report, boolean quick) {
    this.report = report;
    this.rounds = quick ? QUICK_ROUNDS : ROUNDS;
    this.verified = quick ? QUICK_VERIFIED : VERIFIED;
  }

  static void measure(Report report, boolean quick) throws Exception {
    try (Scratch scratch = Scratch.create("journal")) {
      new JournalBench(report, quick).sqlite(scratch.path());
    }
  }

  public static void main(String[] arguments) throws Exception {
    var report = new Report(System.out);
    try (Scratch scratch = Scratch.create("journal")) {
      var bench = new JournalBench(report, false);
      bench.sqlite(scratch.path());
      if (arguments.length > 1) {
        bench.postgres(scratch.path(), arguments[0], arguments[1]);
      }
    }
    System.exit(report.conclude() ? 0 : 1);
  }

  private void postgres(Path directory, String url, String user) throws Exception {
    String password = Optional.ofNullable(System.getenv("PGPASSWORD")).orElse("");
    try (Storage storage = Storage.postgres(url, user, password)) {
      append(
          "PostgreSQL",
          storage,
          FileKeyRing.in(directory.resolve("keys-pg")),
          PlainInsert.postgres(url, user, password, GROUP));
    }
    verify("PostgreSQL", url + "?user=" + user);
  }

  private void sqlite(Path directory) throws Exception {
    Path file = directory.resolve("grace.db");
    FileKeyRing keys = FileKeyRing.in(directory.resolve("keys"));
    try (Storage storage = Storage.sqlite(file)) {
      append("SQLite", storage, keys, PlainInsert.sqlite(file, GROUP));
      fill(storage, keys);
    }
    verify("SQLite", file.toString());
  }

  private void append(String name, Storage storage, FileKeyRing keys, PlainInsert plainInsert)
      throws Exception {
    List<Double> plain = new ArrayList<>();
    List<Double> chained = new ArrayList<>();
    try (PlainInsert peer = plainInsert;
        EntryStore store =
            EntryStore.open(
                storage, keys, List.of(new BenchRuns()), InstantSource.system(), "bench")) {
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        List<List<Draft>> groups = BenchDrafts.groups(GROUPS, GROUP);
        double peerRate = rate(groups, peer::insert);
        double ownRate = rate(groups, store::append);
        if (round >= 0) {
          plain.add(peerRate);
          chained.add(ownRate);
        }
      }
    }
    double ratio = Report.median(chained) / Report.median(plain);
    report.promise(
        ratio >= WANTED_RATIO,
        "%s append: n=%d rounds of %d groups of %d, median %,.0f rows/s chained, %,.0f plain;"
            + " ratio %.3f, wanted %.1f",
        name,
        rounds,
        GROUPS,
        GROUP,
        Report.median(chained),
        Report.median(plain),
        ratio,
        WANTED_RATIO);
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

  private void fill(Storage storage, FileKeyRing keys) throws Exception {
    try (EntryStore store =
        EntryStore.open(storage, keys, List.of(), InstantSource.system(), "bench")) {
      while (store.head().index() < verified) {
        for (List<Draft> group : BenchDrafts.groups(1, 5_000)) {
          store.append(group);
        }
      }
    }
  }

  private void verify(String name, String location) throws IOException {
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
    report.promise(
        Report.median(rates) >= WANTED_PER_SECOND,
        "%s verify: n=%d, %,d entries, median %,.0f entries/s of CPU on one thread, wanted %,.0f",
        name,
        rates.size(),
        entries,
        Report.median(rates),
        WANTED_PER_SECOND);
  }

  /// The time that this thread has computed: others on the machine do not count.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double perSecond(long count, long nanos) {
    return count * (double) Duration.ofSeconds(1).toNanos() / nanos;
  }
}

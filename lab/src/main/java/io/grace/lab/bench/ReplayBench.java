package io.grace.lab.bench;

import io.grace.core.policy.Policy;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.Loaded;
import io.grace.runtime.replay.Comparison;
import io.grace.runtime.replay.Journals;
import io.grace.runtime.replay.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long a journal of many incidents takes under two policies, and that the same input gives the
/// same bytes.
final class ReplayBench {
  private static final int SERVICES = 200;
  private static final int INCIDENTS = 10_000;
  private static final double LIMIT_S = 60;

  /// Of the bench's own life: health, incident, proposal, run and back.
  private static final int ENTRIES_EACH = 12;

  private ReplayBench() {}

  static void measure(Report report, boolean quick) throws Exception {
    int wanted = quick ? INCIDENTS / 10 : INCIDENTS;
    try (Scratch scratch = Scratch.create("replay");
        Touched touched = new Touched()) {
      var config = BenchConfig.write(scratch.path(), SERVICES, touched.url(), false);
      long size = FilledJournal.fill(config.load(), wanted * ENTRIES_EACH);
      Policy old = config.load().policy();
      Policy other = stricter(config.file());
      Path journal = scratch.path().resolve("grace.db");
      long began = System.nanoTime();
      List<Replay.Case> cases = Journals.replay(journal, Optional.of(old), other);
      double seconds = (System.nanoTime() - began) / 1e9;
      String first = String.join("\n", Comparison.of(cases).lines());
      report.promise(
          seconds < LIMIT_S && cases.size() >= wanted,
          "%,d incidents of %,d entries under two policies in %.1f s, limit %.0f s for %,d",
          cases.size(),
          size,
          seconds,
          LIMIT_S,
          wanted);
      String again =
          String.join(
              "\n", Comparison.of(Journals.replay(journal, Optional.of(old), other)).lines());
      report.promise(first.equals(again), "the same input gives the same bytes");
      var same = Comparison.of(Journals.replay(journal, Optional.empty(), old));
      report.promise(
          same.same() == same.incidents(),
          "the policy that wrote the journal decides as it did then: %,d of %,d",
          same.same(),
          same.incidents());
      same.changes().stream()
          .limit(3)
          .forEach(c ->
              report.note(
                  "%d: %s -> %s, such as %s", c.count(), c.before(), c.after(), c.examples()));
      first.lines().limit(4).forEach(line -> report.note("%s", line));
    }
  }

  /// The same services under the mode that asks people.
  private static Policy stricter(Path file) throws IOException {
    Path other = file.resolveSibling("other.yaml");
    Files.writeString(
        other,
        Files.readString(file)
            .replace("mode: autonomous", "mode: approve")
            .replace("service-1: {settle: 0s}", "service-1: {settle: 0s, mode: observe}"));
    return switch (ConfigLoader.load(other, Map.of())) {
      case Loaded.Valid(Config config) -> config.policy();
      case Loaded.Invalid invalid -> throw new IOException(invalid.problems().toString());
    };
  }
}

package io.grace.lab.episode;

import io.grace.core.policy.Policy;
import io.grace.core.spi.Journal;
import io.grace.lab.bench.Report;
import io.grace.lab.episode.Episode.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether slow faults are acted on before they hurt, and quiet hours left alone.
public final class EpisodeBench {
  private static final int FAULTY = 50;
  private static final int QUIET = 50;
  private static final double MOST_FALSE = 0.05;
  private static final double LEAST_AVERTED = 0.8;

  private EpisodeBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    int share = quick ? 5 : 1;
    Path dir = Files.createTempDirectory("grace-episodes");
    Policy policy = EpisodeConfig.write(dir).policy();
    var all = new ArrayList<Told>();
    for (SlowFault kind : SlowFault.values()) {
      List<Told> told = play(policy, kind, FAULTY / share);
      report.note("%s", line(kind, told));
      all.addAll(told);
    }
    long averted = all.stream().filter(Told::isAverted).count();
    report.promise(
        averted >= LEAST_AVERTED * all.size(),
        "slow faults acted on before the breach: %d of %d seeded episodes (limit %.0f %%)",
        averted,
        all.size(),
        100 * LEAST_AVERTED);
    int quiet = QUIET / share;
    int disturbed = 0;
    for (int seed = 0; seed < quiet; seed++) {
      disturbed +=
          new Episode(policy, Optional.empty(), 1_000 + seed).play().falseAlarms() > 0 ? 1 : 0;
    }
    report.promise(
        disturbed <= MOST_FALSE * quiet,
        "quiet episodes of 5 h and three services with a false trigger: %d of %d (limit %.0f %%)",
        disturbed,
        quiet,
        100 * MOST_FALSE);
  }

  /// The seeds go round the kinds.
  private static List<Told> play(Policy policy, SlowFault kind, int episodes)
      throws Journal.Unavailable {
    var told = new ArrayList<Told>();
    for (int seed = kind.ordinal(); seed < episodes; seed += SlowFault.values().length) {
      told.add(new Episode(policy, Optional.of(kind), seed).play());
    }
    return told;
  }

  private static String line(SlowFault kind, List<Told> told) {
    var leads =
        told.stream()
            .filter(Told::isAverted)
            .map(t -> Duration.between(t.acted().get(), t.due().get()).toSeconds() / 60.0)
            .toList();
    return String.format(
        Locale.ROOT,
        "%-5s  %2d episodes: %2d acted on before the breach, %.0f min ahead in the median; %2d verified;"
            + " %d false alarms",
        kind.name().toLowerCase(Locale.ROOT),
        told.size(),
        leads.size(),
        leads.isEmpty() ? 0 : Report.median(leads),
        told.stream().filter(t -> t.isAverted() && t.succeeded()).count(),
        told.stream().mapToInt(Told::falseAlarms).sum());
  }
}

package io.grace.lab.judgement;

import io.grace.intelligence.causal.Granger;
import io.grace.intelligence.causal.LaggedEdge;
import io.grace.intelligence.causal.PcStable;
import io.grace.intelligence.causal.RecoveryCurve;
import io.grace.intelligence.causal.RecoveryCurve.Estimate;
import io.grace.intelligence.causal.RecoveryCurve.Shape;
import io.grace.intelligence.causal.SeriesTable;
import io.grace.intelligence.causal.WithoutAction;
import io.grace.intelligence.causal.WithoutAction.Treated;
import io.grace.lab.bench.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Edges found in simulated linear systems, and the effect of an action estimated among simulated
/// incidents some of which recover alone, beside the truth of both simulations.
public final class CausalBench {
  private static final int SERIES = 10;
  private static final int MOST_LAG = 3;
  private static final double FALSE_SHARE = 0.05;
  private static final long MINUTE = 60_000;
  private static final long WATCHED = 15 * MINUTE;
  private static final double MEAN_OF_RECOVERY = 20;

  /// Of intervals that claim 90 %, less what chance takes of a few hundred.
  private static final double COVERAGE_WANTED = 0.85;

  private CausalBench() {}

  public static void measure(Report report, boolean quick) {
    discovery(report, quick ? 5 : 20);
    counterfactual(report, quick ? 50 : 200);
  }

  private static void discovery(Report report, int systems) {
    report.note("%d series, 12 edges after 1 to 3 steps, %d systems:", SERIES, systems);
    report.note("%6s %-22s %9s %7s", "steps", "method", "precision", "recall");
    for (int steps : new int[] {200, 500, 1_000}) {
      int[][] counts = new int[3][3];
      for (int seed = 0; seed < systems; seed++) {
        Set<Integer> truth = new HashSet<>();
        var table = new SeriesTable(system(steps, seed, truth));
        count(PcStable.find(table, MOST_LAG, 3, 0.1, FALSE_SHARE), truth, counts[0]);
        count(Granger.find(table, MOST_LAG, true, FALSE_SHARE), truth, counts[1]);
        count(Granger.find(table, MOST_LAG, false, FALSE_SHARE), truth, counts[2]);
      }
      String[] names = {"PC-stable, lagged", "Granger given all", "Granger in pairs"};
      for (int i = 0; i < names.length; i++) {
        report.note(
            "%6d %-22s %9.3f %7.3f",
            steps,
            names[i],
            (double) counts[i][0] / Math.max(1, counts[i][1]),
            (double) counts[i][0] / counts[i][2]);
      }
    }
  }

  private static double[][] system(int steps, int seed, Set<Integer> truth) {
    var random = new Random(seed);
    double[][][] weights = new double[MOST_LAG + 1][SERIES][SERIES];
    while (truth.size() < 12) {
      int to = 1 + random.nextInt(SERIES - 1);
      int from = random.nextInt(to);
      if (truth.add(from * SERIES + to)) {
        int lag = 1 + random.nextInt(MOST_LAG);
        double weight = 0.2 + 0.3 * random.nextDouble();
        weights[lag][to][from] = random.nextBoolean() ? weight : -weight;
      }
    }
    double[][] x = new double[SERIES][steps];
    double[] memory = random.doubles(SERIES, 0.2, 0.9).toArray();
    for (int t = MOST_LAG; t < steps; t++) {
      for (int to = 0; to < SERIES; to++) {
        x[to][t] = memory[to] * x[to][t - 1] + random.nextGaussian();
        for (int from = 0; from < SERIES; from++) {
          for (int lag = 1; lag <= MOST_LAG; lag++) {
            x[to][t] += weights[lag][to][from] * x[from][t - lag];
          }
        }
      }
    }
    return x;
  }

  /// @param counts found rightly, found, and true
  private static void count(List<LaggedEdge> edges, Set<Integer> truth, int[] counts) {
    Set<Integer> found = new HashSet<>();
    edges.stream()
        .filter(edge -> edge.from() != edge.to())
        .forEach(edge -> found.add(edge.from() * SERIES + edge.to()));
    counts[1] += found.size();
    counts[2] += truth.size();
    found.retainAll(truth);
    counts[0] += found.size();
  }

  private static void counterfactual(Report report, int worlds) {
    report.note(
        "share saved by an action, %d worlds each of 100 incidents watched, 60 acted on:", worlds);
    report.note("%6s %6s %7s %9s %9s", "alone", "cures", "truth", "estimate", "in 90 %");
    int covered = 0;
    int all = 0;
    for (double alone : new double[] {0, 0.3, 0.7}) {
      for (double cures : new double[] {0, 0.4, 0.9}) {
        double estimates = 0;
        double truths = 0;
        int here = 0;
        for (int seed = 0; seed < worlds; seed++) {
          var world = new World(alone, cures, new Random(seed));
          Estimate found = world.estimate();
          estimates += found.mean() / worlds;
          truths += world.truth / worlds;
          here += found.low() <= world.truth && world.truth <= found.high() ? 1 : 0;
        }
        covered += here;
        all += worlds;
        report.note(
            "%6.1f %6.1f %7.3f %9.3f %7.1f %%",
            alone, cures, truths, estimates, 100.0 * here / worlds);
      }
    }
    report.promise(
        covered >= COVERAGE_WANTED * all,
        "%.1f %% of 90 %% intervals hold the truth, wanted %.0f %%",
        100.0 * covered / all,
        100 * COVERAGE_WANTED);
  }

  /// Incidents of which a share recovers alone, after times that fall off exponentially; an action
  /// cures a share at once. *Owned by one thread.*
  private static final class World {
    private static final Shape SHAPE = new Shape(MINUTE, 60, 0.3, 1);

    private final double alone;
    private final double cures;
    private final Random random;
    private double truth;

    World(double alone, double cures, Random random) {
      this.alone = alone;
      this.cures = cures;
      this.random = random;
    }

    Estimate estimate() {
      var curve = new RecoveryCurve(SHAPE);
      for (int i = 0; i < 100; i++) {
        long recovers = recovers();
        if (recovers < 60 * MINUTE) {
          curve.recovered(recovers);
        } else {
          curve.endedUnseen(60 * MINUTE);
        }
      }
      List<Treated> treated = new ArrayList<>();
      while (treated.size() < 60) {
        long recovers = recovers();
        long acted = (long) (random.nextDouble() * 20 * MINUTE);
        if (recovers <= acted) {
          curve.recovered(recovers);
          continue;
        }
        curve.endedUnseen(acted);
        double left = lasts(acted + WATCHED) / lasts(acted);
        // With the action less without: what it cures of those that would still be there.
        truth += cures * left / 60;
        boolean isCured = random.nextDouble() < cures;
        treated.add(new Treated(acted, WATCHED, isCured || recovers <= acted + WATCHED));
      }
      return WithoutAction.meanEffect(curve, treated);
    }

    private long recovers() {
      double u = random.nextDouble();
      double after = -MEAN_OF_RECOVERY * MINUTE * Math.log(1 - random.nextDouble());
      return u < alone ? (long) after : Long.MAX_VALUE / 4;
    }

    private double lasts(long ms) {
      return 1 - alone + alone * Math.exp(-ms / (MEAN_OF_RECOVERY * MINUTE));
    }
  }
}

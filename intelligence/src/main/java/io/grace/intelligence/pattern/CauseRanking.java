package io.grace.intelligence.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Ranks which kinds of events cause which, from a whole log: what a topological Hawkes process
/// attributes ([Excitation]), less what it attributes after the kinds were moved against each other
/// in time, judged by direction and by how much a cause causes at all ([Propensity]). Stateless.
///
/// An alarm that repeats is one episode or many, and nobody says how soon it is a new one. So all
/// is done for every event, for starts after a tenth of the horizon without one, and after a whole
/// one; the three are averaged as logarithms.
public final class CauseRanking {
  private static final double[] QUIET = {0, 0.1, 1};

  /// A share as good as none; only keeps the logarithm finite.
  private static final double NO_SHARE = 5e-4;

  private CauseRanking() {}

  /// @param neighbours of each place, by place, as in an undirected graph; empty if none are known,
  ///   and then only events at one place are related
  /// @param horizon how many seconds later an effect may come, in (0, 1e6]
  /// @param seed of the shuffles
  /// @return every ordered pair of kinds that both occur, best first
  public static List<Cause> of(EventLog log, int[][] neighbours, double horizon, long seed) {
    if (!(horizon > 0 && horizon <= 1e6)) {
      throw new IllegalArgumentException("horizon must be in (0, 1e6] seconds: " + horizon);
    }
    for (int[] row : neighbours) {
      for (int place : row) {
        if (place < 0) {
          throw new IllegalArgumentException("a neighbour must be at least 0: " + place);
        }
      }
    }
    int n = log.kindCount();
    var random = new Random(seed);
    var scores = new double[n][n];
    for (double quiet : QUIET) {
      EventLog starts = log.starts(quiet * horizon);
      double[][] found = Excitation.shares(starts, neighbours, horizon);
      double[][] chance = Excitation.shares(starts.shuffled(random), neighbours, horizon);
      for (int a = 0; a < n; a++) {
        for (int b = 0; b < n; b++) {
          double beyond = Math.max(0, found[a][b] - chance[a][b]);
          scores[a][b] += Math.log(beyond + NO_SHARE) / QUIET.length;
        }
      }
    }
    return ranked(log.counts(), scores);
  }

  private static List<Cause> ranked(int[] counts, double[][] scores) {
    int n = counts.length;
    // Only kinds that occur: what never happened would teach what no cause looks like.
    int[] kinds = IntStream.range(0, n).filter(k -> counts[k] > 0).toArray();
    var directed = new double[kinds.length][kinds.length];
    for (int a = 0; a < kinds.length; a++) {
      for (int b = 0; b < kinds.length; b++) {
        double ab = scores[kinds[a]][kinds[b]];
        double ba = scores[kinds[b]][kinds[a]];
        // The logarithm of share × share ÷ (share + share the other way).
        directed[a][b] = ab - Math.log1p(Math.exp(ba - ab));
      }
    }
    double[][] odds = Propensity.logOdds(directed);
    List<Cause> causes = new ArrayList<>();
    for (int a = 0; a < kinds.length; a++) {
      for (int b = 0; b < kinds.length; b++) {
        if (a != b) {
          double share = Math.max(0, Math.exp(scores[kinds[a]][kinds[b]]) - NO_SHARE);
          causes.add(new Cause(kinds[a], kinds[b], share, odds[a][b]));
        }
      }
    }
    causes.sort(Comparator.comparingDouble(Cause::logOdds).reversed());
    return List.copyOf(causes);
  }
}

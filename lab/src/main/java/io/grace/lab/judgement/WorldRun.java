package io.grace.lab.judgement;

import io.grace.intelligence.ranking.Outcome;
import io.grace.lab.judgement.DriftingWorld.Incident;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/// What one policy made of one world.
///
/// @param success share of the incidents that ended well
/// @param late the same of those of the second half
/// @param cold the same of the first ten incidents of services that came late
/// @param early harms among the first 50 decisions
/// @param harms all
/// @param regret mean chance of success below that of the best candidate
record WorldRun(double success, double late, double cold, int early, int harms, double regret) {
  private static final int EARLY = 50;
  private static final int NEW = 10;
  private static final int SERVICES = 40;
  private static final double COLD_FROM = 0.2 * DriftingWorld.DAYS * 86_400;

  /// How fast the share of recent successes follows.
  private static final double FOLLOWS = 0.2;

  private record Known(Incident incident, int place, Outcome outcome) {}

  static WorldRun of(DriftingWorld world, WorldPolicy policy) {
    var waiting = new PriorityQueue<Known>(Comparator.comparingDouble(k -> k.incident().known()));
    var recent = new double[SERVICES];
    Arrays.fill(recent, 0.5);
    var seen = new int[SERVICES];
    var isCold = new boolean[SERVICES];
    int count = world.incidents().size();
    double[] good = new double[3];
    double[] all = new double[3];
    int early = 0;
    int harms = 0;
    double regret = 0;
    for (int n = 0; n < count; n++) {
      Incident i = world.incidents().get(n);
      while (!waiting.isEmpty() && waiting.peek().incident().known() <= i.at()) {
        Known known = waiting.remove();
        Outcome told = known.incident().isMissing() ? Outcome.MISSING : known.outcome();
        policy.learn(known.incident(), known.place(), told, known.incident().known());
        if (told != Outcome.MISSING) {
          int s = known.incident().service();
          recent[s] += FOLLOWS * ((told == Outcome.SUCCEEDED ? 1 : 0) - recent[s]);
        }
      }
      if (seen[i.service()] == 0) {
        isCold[i.service()] = i.at() > COLD_FROM;
      }
      int place = policy.decide(i, recent[i.service()]);
      Outcome outcome = world.outcome(i, place);
      waiting.add(new Known(i, place, outcome));
      double success = outcome == Outcome.SUCCEEDED ? 1 : 0;
      boolean[] counts = {true, n >= count / 2, isCold[i.service()] && seen[i.service()] < NEW};
      for (int k = 0; k < counts.length; k++) {
        good[k] += counts[k] ? success : 0;
        all[k] += counts[k] ? 1 : 0;
      }
      seen[i.service()]++;
      harms += outcome == Outcome.HARMED ? 1 : 0;
      early += outcome == Outcome.HARMED && n < EARLY ? 1 : 0;
      regret += regret(world, i, place);
    }
    return new WorldRun(
        good[0] / all[0],
        good[1] / all[1],
        good[2] / Math.max(1, all[2]),
        early,
        harms,
        regret / count);
  }

  private static double regret(DriftingWorld world, Incident i, int place) {
    double best = 0;
    for (int c = 0; c < i.candidates().size(); c++) {
      best = Math.max(best, world.success(i, c));
    }
    return place < 0 ? best : best - world.success(i, place);
  }
}

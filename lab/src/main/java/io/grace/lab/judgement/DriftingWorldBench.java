package io.grace.lab.judgement;

import io.grace.intelligence.ranking.Candidate;
import io.grace.intelligence.ranking.Outcome;
import io.grace.intelligence.ranking.Ranker;
import io.grace.intelligence.ranking.RankerSettings;
import io.grace.intelligence.ranking.Situation;
import io.grace.lab.bench.Report;
import io.grace.lab.judgement.DriftingWorld.Nature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/// What ranking by outcomes is worth in worlds that drift, beside the static ranking and bandits
/// that do not look at the situation, under the same luck.
public final class DriftingWorldBench {
  private static final int WORLDS = 40;
  private static final int QUICK_WORLDS = 6;
  private static final int INCIDENTS = 4_000;

  /// Apart from the seeds 1 … 24, on which the ranker was made.
  private static final long FIRST_SEED = 1_001;

  private static final int THREADS = 2;
  private static final int RESAMPLES = 2_000;
  private static final double UPLIFT = 0.10;
  private static final double MILLIS = 1;

  private static final List<String> NAMES =
      List.of(
          "static ranking",
          "Thompson, service x diagnosis",
          "Thompson, all services as one",
          "epsilon-greedy 0.1, as one",
          "GRACE");
  private static final int GRACE = NAMES.size() - 1;

  private DriftingWorldBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    int worlds = quick ? QUICK_WORLDS : WORLDS;
    report.note(
        "%d worlds of %d incidents in %d days; 95 %% intervals by bootstrap over worlds",
        worlds, INCIDENTS, DriftingWorld.DAYS);
    List<List<WorldRun>> runs = runs(worlds, INCIDENTS, new Nature(1, 1, 1));
    table(report, runs);
    double[] overStatic = uplift(runs, 0);
    double[] overThompson = uplift(runs, 1);
    double[] overPooled = uplift(runs, 2);
    double earlyStatic = mean(runs.get(0), WorldRun::early);
    double earlyGrace = mean(runs.get(GRACE), WorldRun::early);
    report.note("over Thompson that pools all services: %s", words(overPooled));
    if (!quick) {
      nature(report, "no context, no kinds, no drift", INCIDENTS, new Nature(0, 0, 0));
      nature(report, "twice the drift", INCIDENTS, new Nature(1, 1, 2));
      nature(report, "half the context", INCIDENTS, new Nature(0.5, 1, 1));
      nature(report, "half the incidents", INCIDENTS / 2, new Nature(1, 1, 1));
    }
    report.promise(
        overStatic[0] >= UPLIFT,
        "verified success over the static ranking %s, at least +10 %%",
        words(overStatic));
    report.promise(
        overThompson[0] >= UPLIFT,
        "over context-free Thompson per service and diagnosis %s, at least +10 %%",
        words(overThompson));
    report.promise(
        earlyGrace <= earlyStatic,
        "harms in the first 50 decisions %.2f, static ranking %.2f",
        earlyGrace,
        earlyStatic);
    cost(report);
  }

  private static void nature(Report report, String name, int incidents, Nature nature)
      throws Exception {
    List<List<WorldRun>> runs = runs(WORLDS / 4, incidents, nature);
    report.note(
        "%s (%d worlds): over static %s, over Thompson %s, over the pooled one %s",
        name, WORLDS / 4, words(uplift(runs, 0)), words(uplift(runs, 1)), words(uplift(runs, 2)));
  }

  /// @return one list a policy, one run a world
  private static List<List<WorldRun>> runs(int worlds, int incidents, Nature nature)
      throws Exception {
    var tasks = new ArrayList<Callable<List<WorldRun>>>();
    for (int w = 0; w < worlds; w++) {
      long seed = FIRST_SEED + w;
      tasks.add(() -> inWorld(seed, incidents, nature));
    }
    var runs = new ArrayList<List<WorldRun>>();
    NAMES.forEach(name -> runs.add(new ArrayList<>()));
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<List<WorldRun>> one : threads.invokeAll(tasks)) {
        for (int p = 0; p < NAMES.size(); p++) {
          runs.get(p).add(one.get().get(p));
        }
      }
    }
    return runs;
  }

  private static List<WorldRun> inWorld(long seed, int incidents, Nature nature) {
    var world = new DriftingWorld(seed, incidents, nature);
    var policies =
        List.of(
            new WorldPolicy.Static(),
            new WorldPolicy.ContextFree(true, 0, seed),
            new WorldPolicy.ContextFree(false, 0, seed),
            new WorldPolicy.ContextFree(false, 0.1, seed),
            new WorldPolicy.Ranking(RankerSettings.DEFAULT, seed));
    return policies.stream().map(policy -> WorldRun.of(world, policy)).toList();
  }

  private static void table(Report report, List<List<WorldRun>> runs) {
    report.note(
        "%-30s %8s %8s %8s %8s %8s %8s",
        "", "success", "late", "new", "harm<50", "harms", "regret");
    for (int p = 0; p < runs.size(); p++) {
      List<WorldRun> of = runs.get(p);
      report.note(
          "%-30s %8.3f %8.3f %8.3f %8.2f %8.1f %8.3f",
          NAMES.get(p),
          mean(of, WorldRun::success),
          mean(of, WorldRun::late),
          mean(of, WorldRun::cold),
          mean(of, WorldRun::early),
          mean(of, WorldRun::harms),
          mean(of, WorldRun::regret));
    }
  }

  private static double mean(List<WorldRun> runs, ToDoubleFunction<WorldRun> part) {
    return runs.stream().mapToDouble(part).average().orElse(0);
  }

  /// Success of GRACE over that of another, less 1: of all worlds, and its interval.
  private static double[] uplift(List<List<WorldRun>> runs, int other) {
    double[] ours = runs.get(GRACE).stream().mapToDouble(WorldRun::success).toArray();
    double[] theirs = runs.get(other).stream().mapToDouble(WorldRun::success).toArray();
    var random = new SplittableRandom(1);
    var resampled = new double[RESAMPLES];
    for (int b = 0; b < RESAMPLES; b++) {
      double our = 0;
      double their = 0;
      for (int i = 0; i < ours.length; i++) {
        int drawn = random.nextInt(ours.length);
        our += ours[drawn];
        their += theirs[drawn];
      }
      resampled[b] = our / their - 1;
    }
    Arrays.sort(resampled);
    return new double[] {
      Arrays.stream(ours).sum() / Arrays.stream(theirs).sum() - 1,
      resampled[(int) (0.025 * RESAMPLES)],
      resampled[(int) (0.975 * RESAMPLES)]
    };
  }

  private static String words(double[] u) {
    return "%+.1f %% (%+.1f to %+.1f)".formatted(100 * u[0], 100 * u[1], 100 * u[2]);
  }

  /// A decision with 1,000 services and 20 playbooks.
  private static void cost(Report report) {
    var ranker = new Ranker(RankerSettings.DEFAULT, 1);
    var random = new SplittableRandom(1);
    var candidates = new ArrayList<Candidate>();
    for (int p = 0; p < 20; p++) {
      candidates.add(new Candidate("playbook-" + p, 0.2 + 0.03 * p, 0.3));
    }
    int warm = 20_000;
    int measured = 5_000;
    long began = 0;
    for (int n = 0; n < warm + measured; n++) {
      if (n == warm) {
        began = System.nanoTime();
      }
      int service = random.nextInt(1_000);
      var situation =
          new Situation(
              "service-" + service,
              "kind-" + service % 10,
              "slow",
              random.nextDouble(),
              0.5,
              0.1,
              0.5);
      long id = ranker.decide(situation, candidates, true, 60.0 * n).id();
      ranker.learn(id, random.nextBoolean() ? Outcome.SUCCEEDED : Outcome.FAILED, 60.0 * n);
    }
    double millis = (System.nanoTime() - began) / 1e6 / measured;
    report.promise(
        millis < MILLIS,
        "%.3f ms a decision and its outcome, 1,000 services and 20 playbooks; limit %.0f",
        millis,
        MILLIS);
  }
}

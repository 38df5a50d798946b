package io.grace.intelligence.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// All pairs tested at one moment. The counts sift, the newest events decide what is direct, and
/// the q-values are taken among all pairs of kinds that could have been found.
final class Verdicts {
  /// How many causes of one effect are weighed against each other.
  private static final int MOST_CAUSES = 10;

  /// Above it no pair can pass, so the costly test is not made.
  private static final double MOST_P = 0.05;

  private final MinerSettings settings;
  private final Counts counts;
  private final RecentEvents recent;
  private final Slots<String> kinds;
  private final double[] since;

  Verdicts(
      MinerSettings settings,
      Counts counts,
      RecentEvents recent,
      Slots<String> kinds,
      double[] since) {
    this.settings = settings;
    this.counts = counts;
    this.recent = recent;
    this.kinds = kinds;
    this.since = since;
  }

  private record Tested(PairTest test, double p) {}

  /// By pair, `cause × kinds + effect`.
  TreeMap<Integer, Rule> rules(double mostQ) {
    List<Integer> known = new ArrayList<>();
    for (int k = 0; k < kinds.size(); k++) {
      if (counts.support(k) >= settings.minSupport()) {
        known.add(k);
      }
    }
    List<Tested> tested = new ArrayList<>();
    for (int effect : known) {
      List<PairTest> causes = new ArrayList<>();
      for (int cause : known) {
        if (cause != effect) {
          causes.add(PairTest.of(counts, cause, effect, settings.minSupport()));
        }
      }
      tested.addAll(direct(effect, causes));
    }
    double[] q =
        FalseDiscovery.qValues(
            tested.stream().mapToDouble(Tested::p).toArray(), known.size() * (known.size() - 1));
    var rules = new TreeMap<Integer, Rule>();
    for (int i = 0; i < q.length; i++) {
      if (q[i] <= mostQ) {
        PairTest test = tested.get(i).test();
        rules.put(test.cause() * counts.kinds + test.effect(), rule(test, tested.get(i).p(), q[i]));
      }
    }
    return rules;
  }

  /// The candidates, with what is left of them beside each other.
  private List<Tested> direct(int effect, List<PairTest> causes) {
    List<PairTest> asked =
        causes.stream()
            .filter(PairTest::mayExplain)
            .sorted(
                Comparator.comparingDouble(PairTest::shuffled)
                    .thenComparingDouble(t -> t.byChance() - t.followed()))
            .limit(MOST_CAUSES)
            .toList();
    if (asked.stream().noneMatch(t -> t.p() <= MOST_P)) {
      return List.of();
    }
    var granger =
        new Granger(
            recent,
            settings,
            effect,
            asked.stream().mapToInt(PairTest::cause).toArray(),
            asked.stream().mapToDouble(t -> since[t.cause() * counts.kinds + effect]).toArray());
    var isAsked = new boolean[asked.size()];
    for (int i = 0; i < isAsked.length; i++) {
      isAsked[i] = asked.get(i).p() <= MOST_P;
    }
    double[] alone = granger.withoutEach(isAsked);
    List<Tested> tested = new ArrayList<>();
    for (int i = 0; i < alone.length; i++) {
      if (isAsked[i]) {
        tested.add(new Tested(asked.get(i), Math.max(asked.get(i).p(), alone[i])));
      }
    }
    return tested;
  }

  private Rule rule(PairTest test, double p, double q) {
    int pair = test.cause() * counts.kinds + test.effect();
    double horizon = settings.horizonSeconds();
    return new Rule(
        kinds.name(test.cause()),
        kinds.name(test.effect()),
        Math.max(test.cases(), test.followed()),
        test.followed(),
        Math.min(test.byChance(), test.followed()),
        Counts.WINDOWS[test.step()] * horizon,
        Lags.quantile(counts.first[pair], test.step(), 0.5) * horizon,
        Lags.quantile(counts.first[pair], test.step(), 0.9) * horizon,
        p,
        q,
        counts.foretold[pair] / counts.weight,
        counts.cameTrue[pair] / counts.weight);
  }
}

package io.grace.lab.judgement;

import io.grace.intelligence.ranking.Candidate;
import io.grace.intelligence.ranking.Decision;
import io.grace.intelligence.ranking.Outcome;
import io.grace.intelligence.ranking.Ranker;
import io.grace.intelligence.ranking.RankerSettings;
import io.grace.intelligence.ranking.Situation;
import io.grace.lab.judgement.DriftingWorld.Incident;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Who decides in a [DriftingWorld]. *Owned by one thread.*
interface WorldPolicy {
  /// @param recentSuccess share of the newest outcomes of the service
  /// @return the place of the candidate, or −1 to leave the incident alone
  int decide(Incident incident, double recentSuccess);

  /// @param place of what was decided
  void learn(Incident incident, int place, Outcome outcome, double now);

  /// The place of the candidate that its author believes in most.
  static int leader(List<Candidate> candidates) {
    int best = 0;
    for (int i = 1; i < candidates.size(); i++) {
      best = candidates.get(i).prior() > candidates.get(best).prior() ? i : best;
    }
    return best;
  }

  /// The ranking of the playbooks' authors.
  final class Static implements WorldPolicy {
    @Override
    public int decide(Incident incident, double recentSuccess) {
      return leader(incident.candidates());
    }

    @Override
    public void learn(Incident incident, int place, Outcome outcome, double now) {}
  }

  /// Beta–Bernoulli Thompson sampling with priors worth two runs, or ε-greedy on the same means.
  final class ContextFree implements WorldPolicy {
    private static final double WEIGHT = 2;

    private final boolean isPerService;
    private final double epsilon;
    private final SplittableRandom random;
    private final Map<List<Integer>, double[]> counts = new HashMap<>();

    /// @param isPerService else one count for all services
    /// @param epsilon share of uniform choices; 0 for Thompson sampling
    ContextFree(boolean isPerService, double epsilon, long seed) {
      this.isPerService = isPerService;
      this.epsilon = epsilon;
      this.random = new SplittableRandom(seed);
    }

    private double[] count(Incident i, int place) {
      return counts.computeIfAbsent(
          List.of(isPerService ? i.service() : -1, i.diagnosis(), place),
          k -> {
            double prior = i.candidates().get(place).prior();
            return new double[] {WEIGHT * prior, WEIGHT * (1 - prior)};
          });
    }

    @Override
    public int decide(Incident incident, double recentSuccess) {
      int n = incident.candidates().size();
      if (epsilon > 0 && random.nextDouble() < epsilon) {
        return random.nextInt(n);
      }
      int best = 0;
      double most = -1;
      for (int i = 0; i < n; i++) {
        double[] c = count(incident, i);
        double value = epsilon > 0 ? c[0] / (c[0] + c[1]) : beta(c[0], c[1]);
        if (value > most) {
          most = value;
          best = i;
        }
      }
      return best;
    }

    private double beta(double a, double b) {
      double x = gamma(a);
      return x / (x + gamma(b));
    }

    /// Marsaglia & Tsang, *A Simple Method for Generating Gamma Variables*, ACM TOMS 26, 2000.
    private double gamma(double shape) {
      if (shape < 1) {
        return gamma(shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
      }
      double d = shape - 1.0 / 3;
      double c = 1 / Math.sqrt(9 * d);
      while (true) {
        double x = random.nextGaussian();
        double v = Math.pow(1 + c * x, 3);
        if (v > 0 && Math.log(random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
          return d * v;
        }
      }
    }

    @Override
    public void learn(Incident incident, int place, Outcome outcome, double now) {
      if (outcome != Outcome.MISSING) {
        count(incident, place)[outcome == Outcome.SUCCEEDED ? 0 : 1]++;
      }
    }
  }

  /// GRACE's own.
  final class Ranking implements WorldPolicy {
    /// Who is left alone for a while must not take many along.
    private static final double NARROW = 0.5;

    private final Ranker ranker;
    private final Map<Integer, Long> ids = new HashMap<>();

    Ranking(RankerSettings settings, long seed) {
      this.ranker = new Ranker(settings, seed);
    }

    @Override
    public int decide(Incident i, double recentSuccess) {
      var situation =
          new Situation(
              "service-" + i.service(),
              "kind-" + i.kind(),
              "diagnosis-" + i.diagnosis(),
              i.timeOfDay(),
              i.load(),
              i.blastRadius(),
              recentSuccess);
      Decision decision =
          ranker.decide(situation, i.candidates(), i.blastRadius() < NARROW, i.at());
      ids.put(i.number(), decision.id());
      if (decision.chosen().isEmpty()) {
        return -1;
      }
      String chosen = decision.chosen().get();
      int place = 0;
      while (!i.candidates().get(place).playbook().equals(chosen)) {
        place++;
      }
      return place;
    }

    @Override
    public void learn(Incident incident, int place, Outcome outcome, double now) {
      Long id = ids.remove(incident.number());
      if (id != null) {
        ranker.learn(id, outcome, now);
      }
    }
  }
}

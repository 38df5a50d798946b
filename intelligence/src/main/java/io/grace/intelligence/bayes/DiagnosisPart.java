package io.grace.intelligence.bayes;

import io.grace.intelligence.bayes.Diagnosis.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Symptoms that are there and the causes that may have brought them, none of which has to do with
/// a symptom outside. *Immutable.*
final class DiagnosisPart {
  /// Of the tables of one part: 2^symptoms for each cause and one more; 8 MB and some 10 ms.
  private static final long MOST_CELLS = 1L << 20;

  /// Far from where a product of probabilities becomes 0, and one more factor cannot get there.
  private static final double VANISHING = 1e-150;

  private final double[] leaks;
  private final int[] causes;

  /// By cause: where its links are, and to which of the symptoms, numbered anew.
  private final int[][] symptoms;

  private final double[][] strengths;

  private DiagnosisPart(double[] leaks, int[] causes, int[][] symptoms, double[][] strengths) {
    this.leaks = leaks;
    this.causes = causes;
    this.symptoms = symptoms;
    this.strengths = strengths;
  }

  static List<DiagnosisPart> all(NoisyOr network, List<Finding> findings) {
    int[] leader = IntStream.range(0, network.symptoms()).toArray();
    int[] firstOf = new int[network.causes()];
    Arrays.fill(firstOf, -1);
    for (int cause = 0; cause < network.causes(); cause++) {
      for (int at = network.from(cause); at < network.from(cause + 1); at++) {
        int symptom = network.symptomOf(at);
        if (findings.get(symptom) == Finding.SEEN) {
          firstOf[cause] = firstOf[cause] < 0 ? symptom : firstOf[cause];
          leader[find(leader, symptom)] = find(leader, firstOf[cause]);
        }
      }
    }
    List<List<Integer>> symptoms = grouped(leader, network.symptoms());
    List<List<Integer>> causes = new ArrayList<>();
    symptoms.forEach(group -> causes.add(new ArrayList<>()));
    for (int cause = 0; cause < firstOf.length; cause++) {
      if (firstOf[cause] >= 0) {
        causes.get(find(leader, firstOf[cause])).add(cause);
      }
    }
    List<DiagnosisPart> parts = new ArrayList<>();
    for (int i = 0; i < leader.length; i++) {
      List<Integer> seen =
          symptoms.get(i).stream().filter(s -> findings.get(s) == Finding.SEEN).toList();
      if (!seen.isEmpty()) {
        parts.add(part(network, seen, causes.get(i)));
      }
    }
    return parts;
  }

  private static List<List<Integer>> grouped(int[] leader, int count) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 0; i < count; i++) {
      groups.get(find(leader, i)).add(i);
    }
    return groups;
  }

  private static int find(int[] leader, int of) {
    int at = of;
    while (leader[at] != at) {
      leader[at] = leader[leader[at]];
      at = leader[at];
    }
    return at;
  }

  private static DiagnosisPart part(NoisyOr network, List<Integer> seen, List<Integer> causes) {
    double[] leaks = seen.stream().mapToDouble(network::leak).toArray();
    int[][] symptoms = new int[causes.size()][];
    double[][] strengths = new double[causes.size()][];
    for (int i = 0; i < symptoms.length; i++) {
      int cause = causes.get(i);
      int[] links =
          IntStream.range(network.from(cause), network.from(cause + 1))
              .filter(at -> seen.contains(network.symptomOf(at)))
              .toArray();
      symptoms[i] = Arrays.stream(links).map(at -> seen.indexOf(network.symptomOf(at))).toArray();
      strengths[i] = Arrays.stream(links).mapToDouble(network::strength).toArray();
    }
    int[] numbers = causes.stream().mapToInt(Integer::intValue).toArray();
    return new DiagnosisPart(leaks, numbers, symptoms, strengths);
  }

  boolean fits() {
    return leaks.length <= 20 && (causes.length + 1L) << leaks.length <= MOST_CELLS;
  }

  /// @param on probability of each cause before the symptoms of this part were seen
  /// @param posteriors where those of this part's causes are put
  /// @return natural logarithm of the probability of the symptoms
  double exact(double[] on, double[] posteriors) {
    int all = 1 << leaks.length;
    double[][] before = new double[causes.length + 1][];
    before[0] = new double[all];
    before[0][0] = 1;
    for (int symptom = 0; symptom < leaks.length; symptom++) {
      bring(before[0], symptom, leaks[symptom]);
    }
    for (int i = 0; i < causes.length; i++) {
      before[i + 1] = mixed(before[i], brought(before[i], i), on[causes[i]]);
    }
    double[] after = new double[all];
    after[all - 1] = 1;
    double evidence = before[causes.length][all - 1];
    for (int i = causes.length - 1; i >= 0; i--) {
      double[] present = completed(after, i);
      double with = on[causes[i]] * product(before[i], present);
      double without = (1 - on[causes[i]]) * product(before[i], after);
      posteriors[causes[i]] = with / (with + without);
      after = mixed(after, present, on[causes[i]]);
    }
    return Math.log(evidence);
  }

  /// A symptom joins those that are explained already, with some probability.
  private static void bring(double[] table, int symptom, double probability) {
    int bit = 1 << symptom;
    for (int set = 0; set < table.length; set++) {
      if ((set & bit) == 0) {
        table[set | bit] += probability * table[set];
        table[set] *= 1 - probability;
      }
    }
  }

  private double[] brought(double[] table, int cause) {
    double[] brought = table.clone();
    for (int k = 0; k < symptoms[cause].length; k++) {
      bring(brought, symptoms[cause][k], strengths[cause][k]);
    }
    return brought;
  }

  /// The same backwards: how likely everything gets explained from each set on, if this cause is
  /// there.
  private double[] completed(double[] table, int cause) {
    double[] completed = table.clone();
    for (int k = 0; k < symptoms[cause].length; k++) {
      int bit = 1 << symptoms[cause][k];
      double strength = strengths[cause][k];
      for (int set = 0; set < completed.length; set++) {
        if ((set & bit) == 0) {
          completed[set] = strength * completed[set | bit] + (1 - strength) * completed[set];
        }
      }
    }
    return completed;
  }

  private static double[] mixed(double[] without, double[] with, double on) {
    double[] mixed = new double[without.length];
    for (int set = 0; set < mixed.length; set++) {
      mixed[set] = (1 - on) * without[set] + on * with[set];
    }
    return mixed;
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int set = 0; set < one.length; set++) {
      sum += one[set] * other[set];
    }
    return sum;
  }

  /// As [#exact], of at most three causes at once among those that explain most.
  double bounded(double[] on, double[] posteriors) {
    double[] absent = new double[leaks.length];
    for (int symptom = 0; symptom < leaks.length; symptom++) {
      absent[symptom] = 1 - leaks[symptom];
    }
    Subsets subsets = new Subsets(candidates(on, absent), on, absent);
    subsets.add(0, 0, 0);
    double all = Arrays.stream(subsets.byCount).sum();
    for (int cause : causes) {
      posteriors[cause] = 0;
    }
    for (int k = 0; k < subsets.candidates.length; k++) {
      posteriors[causes[subsets.candidates[k]]] = subsets.with[k] / all;
    }
    return subsets.top + Math.log(all);
  }

  private int[] candidates(double[] on, double[] absent) {
    double[] scores = new double[causes.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.log(on[causes[i]] / (1 - on[causes[i]]));
      for (int k = 0; k < symptoms[i].length; k++) {
        double missing = absent[symptoms[i][k]];
        scores[i] += Math.log((1 - missing * (1 - strengths[i][k])) / (1 - missing));
      }
    }
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores[i]))
        .limit(Diagnosis.MOST_CANDIDATES)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /// Sums over small sets of causes. *Owned by one thread.*
  private final class Subsets {
    private final int[] candidates;
    private final double[] logOdds;
    private final double logOfNone;
    private final double[] with;
    private final double[] byCount = new double[Diagnosis.MOST_AT_ONCE + 1];
    private final double[] absent;
    private final int[] chosen = new int[Diagnosis.MOST_AT_ONCE];
    private double top = Double.NEGATIVE_INFINITY;

    Subsets(int[] candidates, double[] on, double[] absent) {
      this.candidates = candidates;
      this.absent = absent;
      logOdds = Arrays.stream(candidates).mapToDouble(i -> Math.log(on[causes[i]])).toArray();
      for (int k = 0; k < candidates.length; k++) {
        logOdds[k] -= Math.log1p(-on[causes[candidates[k]]]);
      }
      with = new double[candidates.length];
      logOfNone = Arrays.stream(causes).mapToDouble(cause -> Math.log1p(-on[cause])).sum();
    }

    void add(int first, int count, double odds) {
      double log = logOfNone + odds;
      double product = 1;
      for (double missing : absent) {
        product *= 1 - missing;
        if (product < VANISHING) {
          log += Math.log(product);
          product = 1;
        }
      }
      log += Math.log(product);
      if (log > top) {
        double shrink = Math.exp(top - log);
        for (int i = 0; i < byCount.length; i++) {
          byCount[i] *= shrink;
        }
        for (int k = 0; k < with.length; k++) {
          with[k] *= shrink;
        }
        top = log;
      }
      double weight = Math.exp(log - top);
      byCount[count] += weight;
      for (int i = 0; i < count; i++) {
        with[chosen[i]] += weight;
      }
      for (int k = first; k < candidates.length && count < chosen.length; k++) {
        int cause = candidates[k];
        double[] kept = absent.clone();
        for (int link = 0; link < symptoms[cause].length; link++) {
          absent[symptoms[cause][link]] *= 1 - strengths[cause][link];
        }
        chosen[count] = k;
        add(k + 1, count + 1, odds + logOdds[k]);
        System.arraycopy(kept, 0, absent, 0, kept.length);
      }
    }
  }
}

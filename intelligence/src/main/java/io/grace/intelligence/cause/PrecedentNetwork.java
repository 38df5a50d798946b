package io.grace.intelligence.cause;

import io.grace.intelligence.bayes.Diagnosis;
import io.grace.intelligence.bayes.Diagnosis.Finding;
import io.grace.intelligence.bayes.NoisyOr;
import io.grace.intelligence.bayes.NoisyOrCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// What precedents say of where the trouble of those who suffer now comes from: a network of two
/// layers, whether each service is a cause and whether each suffers, with noisy-or tables that are
/// learned from the cases. *Owned by its caller.*
///
/// Structure is given: a cause is tied to itself, to whoever calls it, and to whoever suffered with
/// it. A tie starts from what the cases of all causes show of its [Relation], worth [#PRIOR_CASES],
/// so a service without a past is judged by the others'; what is not tied is in the leak. Only what
/// bears on those who suffer now is built. Numbers were chosen on seeds 400,000 to 400,239 of
/// simulated fleets, of which no bench reports.
final class PrecedentNetwork {
  /// When more suffer, exact inference costs too much, and precedents tell little.
  static final int MOST_NOW = 20;

  private static final int MOST_ABSENT = 64;

  /// In a small fleet every service is in question; in others those that suffer, what these call,
  /// and what has caused trouble to them before.
  private static final int MOST_CAUSES = 128;

  private static final int SMALL = 64;

  private static final double PRIOR_CASES = 4;

  /// So many cases that are like this are heard half.
  private static final double HALF_HEARD = 2;

  /// However sure they are, precedents must not outshout what is measured.
  private static final double LOUDEST = 4;

  private final Precedents precedents;
  private final Topology topology;
  private final int services;
  private final int[] causes;
  private final Map<Integer, Integer> numberOfCause = new HashMap<>();

  /// Services as symptoms: those that suffer now, then those that do not.
  private final List<Integer> symptoms = new ArrayList<>();

  private final Map<Integer, Integer> numberOfSymptom = new HashMap<>();

  private PrecedentNetwork(
      Precedents precedents, Topology topology, int[] candidates, int services) {
    this.precedents = precedents;
    this.topology = topology;
    this.services = services;
    List<Case> relevant =
        precedents.cases().stream()
            .filter(c -> c.likeness(precedents.now()) > 0 || concerns(c.causes()))
            .toList();
    this.causes = causes(relevant, candidates);
    for (int c = 0; c < causes.length; c++) {
      numberOfCause.put(causes[c], c);
    }
    precedents.now().stream().sorted().forEach(this::symptom);
    int most = symptoms.size() + MOST_ABSENT;
    relevant.stream()
        .flatMap(c -> c.suffering().stream().sorted())
        .filter(s -> symptoms.size() < most)
        .forEach(this::symptom);
    Arrays.stream(causes).forEach(this::symptom);
  }

  private boolean concerns(Iterable<Integer> causesOfCase) {
    for (int cause : causesOfCase) {
      if (precedents.now().contains(cause)) {
        return true;
      }
    }
    return false;
  }

  private int[] causes(List<Case> relevant, int[] candidates) {
    if (candidates.length <= SMALL) {
      return candidates;
    }
    BitSet likely = new BitSet();
    precedents.now().forEach(likely::set);
    relevant.forEach(c -> c.causes().forEach(likely::set));
    BitSet below = topology.below(precedents.now());
    below.andNot(likely);
    return IntStream.concat(
            Arrays.stream(candidates).filter(likely::get),
            Arrays.stream(candidates).filter(below::get))
        .limit(MOST_CAUSES)
        .toArray();
  }

  private void symptom(int service) {
    if (numberOfSymptom.putIfAbsent(service, symptoms.size()) == null) {
      symptoms.add(service);
    }
  }

  /// What they add to the log odds of each candidate. Nothing if no case is like this, or if an
  /// exact answer would cost too much. They speak for a service and never against one: that it does
  /// not suffer is known from its measurements already, and a second, milder cause hardly does.
  ///
  /// @param candidates services
  /// @param services how many are watched
  /// @return one number a candidate, from 0 to [#LOUDEST]
  static double[] voice(Precedents precedents, Topology topology, int[] candidates, int services) {
    double[] voice = new double[candidates.length];
    double alike = precedents.alike();
    if (alike == 0 || precedents.now().size() > MOST_NOW) {
      return voice;
    }
    var network = new PrecedentNetwork(precedents, topology, candidates, services);
    Diagnosis found =
        Diagnosis.of(network.learned(), network.findings(network.there(precedents.now())));
    if (!found.isExact()) {
      return voice;
    }
    double[] posteriors = found.posteriors();
    double heard = alike / (alike + HALF_HEARD);
    for (int i = 0; i < voice.length; i++) {
      Integer cause = network.numberOfCause.get(candidates[i]);
      if (cause != null) {
        double odds = logOdds(posteriors[cause]) - logOdds(network.any());
        voice[i] = heard * Math.clamp(odds, 0, LOUDEST);
      }
    }
    return voice;
  }

  private static double logOdds(double probability) {
    double p = Math.clamp(probability, 1e-12, 1 - 1e-12);
    return Math.log(p / (1 - p));
  }

  /// How likely a service is a cause if nothing is known of it.
  private double any() {
    return 1.0 / Math.max(2, services);
  }

  private List<Finding> findings(BitSet there) {
    Finding[] findings = new Finding[symptoms.size()];
    for (int s = 0; s < findings.length; s++) {
      findings[s] = there.get(s) ? Finding.SEEN : Finding.NOT_SEEN;
    }
    return Arrays.asList(findings);
  }

  private BitSet there(Set<Integer> suffering) {
    return numbers(suffering, numberOfSymptom);
  }

  private NoisyOr learned() {
    var counts = new NoisyOrCounts(before(), PRIOR_CASES);
    double all = 0;
    double[] times = new double[causes.length];
    for (Case known : precedents.cases()) {
      all += known.weight();
      BitSet present = numbers(known);
      present.stream().forEach(c -> times[c] += known.weight());
      if (!present.isEmpty()) {
        counts.add(present, findings(there(known.suffering())), known.weight());
      }
    }
    // As if each service had been a cause once: few cases must not rule out all others.
    double cases = all + services;
    return counts
        .network()
        .withPriors(
            Arrays.stream(times).map(t -> Math.clamp((t + 1) / cases, 1e-6, 0.9)).toArray());
  }

  /// What is believed before any case of the very same services.
  private NoisyOr before() {
    double[] pooled = Relation.pooled(precedents.cases(), topology, services);
    double[] priors = new double[causes.length];
    double[] leaks = new double[symptoms.size()];
    Arrays.fill(priors, any());
    Arrays.fill(leaks, Math.min(0.5, pooled[Relation.NONE.ordinal()]));
    BitSet[] together = together();
    var links = new ArrayList<NoisyOr.Link>();
    for (int c = 0; c < causes.length; c++) {
      BitSet above = topology.above(List.of(causes[c]));
      for (int s = 0; s < leaks.length; s++) {
        Relation relation = Relation.of(symptoms.get(s), causes[c], topology, above);
        if (relation.isReached() || together[c].get(s)) {
          links.add(new NoisyOr.Link(c, s, pooled[relation.ordinal()]));
        }
      }
    }
    return new NoisyOr(priors, leaks, links);
  }

  /// Which symptoms were there when each cause was.
  private BitSet[] together() {
    BitSet[] together = new BitSet[causes.length];
    Arrays.setAll(together, c -> new BitSet());
    for (Case known : precedents.cases()) {
      BitSet there = there(known.suffering());
      numbers(known).stream().forEach(c -> together[c].or(there));
    }
    return together;
  }

  private BitSet numbers(Case known) {
    return numbers(known.causes(), numberOfCause);
  }

  private static BitSet numbers(Iterable<Integer> services, Map<Integer, Integer> numbers) {
    BitSet found = new BitSet();
    for (int service : services) {
      Integer number = numbers.get(service);
      if (number != null) {
        found.set(number);
      }
    }
    return found;
  }
}

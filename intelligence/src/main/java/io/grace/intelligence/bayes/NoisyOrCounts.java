package io.grace.intelligence.bayes;

import io.grace.intelligence.bayes.Diagnosis.Finding;
import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Learns a [NoisyOr] from closed cases: which causes were there, and which symptoms. Every
/// probability is the mean of a Beta distribution that counts. That a symptom was there is shared
/// out among the causes that were there and the leak, by how likely each brought it about (the
/// expectation step for noisy-or: Vomlel, *Noisy-or classifier*, International Journal of
/// Intelligent Systems 21, 2006, section 4; taken case by case as in Neal & Hinton, *A view of the
/// EM algorithm*, 1998). *Owned by one thread.*
public final class NoisyOrCounts {
  private static final int KIND = 0x4e_4f_52_43;
  private static final int VERSION = 1;

  private final NoisyOr prior;
  private final double strength;

  /// How often each cause, leak and link was there; and how often it could have been.
  private final double[] hits;

  private final double[] tries;

  /// @param prior what is believed before any case
  /// @param strength how many cases that is worth, > 0
  public NoisyOrCounts(NoisyOr prior, double strength) {
    if (!(strength > 0 && strength < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("strength must be positive: " + strength);
    }
    this.prior = prior;
    this.strength = strength;
    int count = prior.causes() + prior.symptoms() + prior.from(prior.causes());
    hits = new double[count];
    tries = new double[count];
  }

  /// @param present numbers of the causes that were there; all others were not
  /// @param findings one a symptom
  public void add(BitSet present, List<Finding> findings) {
    add(present, findings, 1);
  }

  /// @param present numbers of the causes that were there; all others were not
  /// @param findings one a symptom
  /// @param weight how many cases it is worth, > 0
  public void add(BitSet present, List<Finding> findings, double weight) {
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weight must be positive: " + weight);
    }
    if (findings.size() != prior.symptoms() || present.length() > prior.causes()) {
      throw new IllegalArgumentException(
          "wanted causes below %d and %d findings: %d, %d"
              .formatted(prior.causes(), prior.symptoms(), present.length(), findings.size()));
    }
    double[] absent = new double[prior.symptoms()];
    for (int symptom = 0; symptom < absent.length; symptom++) {
      absent[symptom] = 1 - leak(symptom);
    }
    for (int cause = 0; cause < prior.causes(); cause++) {
      count(cause, weight, present.get(cause) ? 1 : 0);
    }
    for (int cause = present.nextSetBit(0); cause >= 0; cause = present.nextSetBit(cause + 1)) {
      for (int at = prior.from(cause); at < prior.from(cause + 1); at++) {
        absent[prior.symptomOf(at)] *= 1 - link(at);
      }
    }
    for (int cause = present.nextSetBit(0); cause >= 0; cause = present.nextSetBit(cause + 1)) {
      for (int at = prior.from(cause); at < prior.from(cause + 1); at++) {
        int symptom = prior.symptomOf(at);
        share(numberOfLink(at), link(at), findings.get(symptom), absent[symptom], weight);
      }
    }
    for (int symptom = 0; symptom < absent.length; symptom++) {
      share(
          prior.causes() + symptom, leak(symptom), findings.get(symptom), absent[symptom], weight);
    }
  }

  private void share(
      int number, double probability, Finding finding, double absent, double weight) {
    switch (finding) {
      case SEEN -> count(number, weight, probability / (1 - absent));
      case NOT_SEEN -> count(number, weight, 0);
      case UNKNOWN -> {}
    }
  }

  private void count(int number, double weight, double share) {
    tries[number] += weight;
    hits[number] += weight * Math.min(1, share);
  }

  private int numberOfLink(int link) {
    return prior.causes() + prior.symptoms() + link;
  }

  private double mean(int number, double believed) {
    return (hits[number] + strength * believed) / (tries[number] + strength);
  }

  private double leak(int symptom) {
    return mean(prior.causes() + symptom, prior.leak(symptom));
  }

  private double link(int at) {
    return mean(numberOfLink(at), prior.strength(at));
  }

  /// Old cases count less from now on.
  ///
  /// @param keep share of their weight that is kept, in (0, 1]
  public void decay(double keep) {
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("keep must be in (0, 1]: " + keep);
    }
    for (int i = 0; i < hits.length; i++) {
      hits[i] *= keep;
      tries[i] *= keep;
    }
  }

  /// What is believed now.
  public NoisyOr network() {
    double[] priors = new double[prior.causes()];
    double[] leaks = new double[prior.symptoms()];
    List<NoisyOr.Link> links = new ArrayList<>();
    for (int symptom = 0; symptom < leaks.length; symptom++) {
      leaks[symptom] = leak(symptom);
    }
    for (int cause = 0; cause < priors.length; cause++) {
      priors[cause] = mean(cause, prior.prior(cause));
      for (int at = prior.from(cause); at < prior.from(cause + 1); at++) {
        links.add(new NoisyOr.Link(cause, prior.symptomOf(at), link(at)));
      }
    }
    return new NoisyOr(priors, leaks, links);
  }

  /// The counts, without the prior.
  public byte[] toBytes() {
    var out = new Packing(KIND, VERSION);
    out.doubles(hits);
    out.doubles(tries);
    return out.sealed();
  }

  /// @param prior and strength as those that were counted with
  /// @throws IllegalArgumentException if the bytes are damaged or of another network
  public static NoisyOrCounts of(NoisyOr prior, double strength, byte[] bytes) {
    var counts = new NoisyOrCounts(prior, strength);
    var in = new Unpacking(bytes, KIND, VERSION);
    double[] hits = in.doubles();
    double[] tries = in.doubles();
    in.end();
    if (hits.length != counts.hits.length || tries.length != hits.length) {
      throw new IllegalArgumentException(
          "wanted %d counts: %d and %d".formatted(counts.hits.length, hits.length, tries.length));
    }
    for (int i = 0; i < hits.length; i++) {
      // Rounding may leave a sum of shares a little above the number of tries.
      if (!(hits[i] >= 0 && hits[i] <= tries[i] * (1 + 1e-9) && tries[i] < 1e300)) {
        throw new IllegalArgumentException(
            "hits must be 0 to tries: %s of %s".formatted(hits[i], tries[i]));
      }
    }
    System.arraycopy(hits, 0, counts.hits, 0, hits.length);
    System.arraycopy(tries, 0, counts.tries, 0, tries.length);
    return counts;
  }

  /// How many cases are counted, decay included.
  public double cases() {
    return Arrays.stream(tries, 0, prior.causes()).max().orElse(0);
  }
}

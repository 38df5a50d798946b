package io.grace.intelligence.bayes;

import java.util.Arrays;

/// Causes, symptoms, and how likely each cause alone brings each symptom about: a network of two
/// layers in which a symptom stays away only if every cause that is there, and its leak, fail to
/// bring it (Pearl, *Probabilistic Reasoning in Intelligent Systems*, 1988, section 4.3.2; leak:
/// Henrion, 1989). *Immutable.*
public final class NoisyOr {
  public static final int MOST = 1 << 20;

  private final double[] priors;
  private final double[] leaks;
  private final int[] from;
  private final int[] symptoms;
  private final double[] strengths;

  /// That a cause alone, without leak, brings a symptom about.
  ///
  /// @param strength probability, in (0, 1)
  public record Link(int cause, int symptom, double strength) {
    public Link {
      probability("strength", strength);
    }
  }

  /// @param priors of each cause, in (0, 1)
  /// @param leaks of each symptom, in (0, 1): how likely it is there without any of the causes
  /// @param links in the order of their causes
  public NoisyOr(double[] priors, double[] leaks, Iterable<Link> links) {
    this.priors = priors.clone();
    this.leaks = leaks.clone();
    Arrays.stream(priors).forEach(p -> probability("prior", p));
    Arrays.stream(leaks).forEach(p -> probability("leak", p));
    if (priors.length > MOST || leaks.length > MOST) {
      throw new IllegalArgumentException(
          "at most %d causes and symptoms: %d, %d".formatted(MOST, priors.length, leaks.length));
    }
    from = new int[priors.length + 1];
    int count = 0;
    for (Link link : links) {
      checkLink(link);
      from[link.cause + 1]++;
      count++;
    }
    for (int i = 0; i < priors.length; i++) {
      from[i + 1] += from[i];
    }
    symptoms = new int[count];
    strengths = new double[count];
    int[] next = from.clone();
    for (Link link : links) {
      int at = next[link.cause]++;
      symptoms[at] = link.symptom;
      strengths[at] = link.strength;
    }
    checkOnce();
  }

  private NoisyOr(NoisyOr like, double[] priors) {
    this.priors = priors;
    this.leaks = like.leaks;
    this.from = like.from;
    this.symptoms = like.symptoms;
    this.strengths = like.strengths;
  }

  /// The same leaks and links, with other priors.
  ///
  /// @param others one a cause, in (0, 1)
  public NoisyOr withPriors(double[] others) {
    if (others.length != priors.length) {
      throw new IllegalArgumentException(
          "wanted %d priors: %d".formatted(priors.length, others.length));
    }
    Arrays.stream(others).forEach(p -> probability("prior", p));
    return new NoisyOr(this, others.clone());
  }

  private void checkLink(Link link) {
    if (link.cause < 0
        || link.cause >= priors.length
        || link.symptom < 0
        || link.symptom >= leaks.length) {
      throw new IllegalArgumentException(
          "a link is from cause 0 to %d to symptom 0 to %d: %s"
              .formatted(priors.length - 1, leaks.length - 1, link));
    }
  }

  private void checkOnce() {
    int[] lastCause = new int[leaks.length];
    Arrays.fill(lastCause, -1);
    for (int cause = 0; cause < priors.length; cause++) {
      for (int at = from[cause]; at < from[cause + 1]; at++) {
        if (lastCause[symptoms[at]] == cause) {
          throw new IllegalArgumentException(
              "linked twice: cause %d and symptom %d".formatted(cause, symptoms[at]));
        }
        lastCause[symptoms[at]] = cause;
      }
    }
  }

  private static void probability(String what, double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException(what + " must be in (0, 1): " + p);
    }
  }

  public int causes() {
    return priors.length;
  }

  public int symptoms() {
    return leaks.length;
  }

  public double prior(int cause) {
    return priors[cause];
  }

  public double leak(int symptom) {
    return leaks[symptom];
  }

  /// How likely each symptom stays away.
  ///
  /// @param present numbers of the causes that are there, each once
  public double[] absent(int... present) {
    double[] absent = Arrays.stream(leaks).map(leak -> 1 - leak).toArray();
    for (int cause : present) {
      for (int at = from[cause]; at < from[cause + 1]; at++) {
        absent[symptoms[at]] *= 1 - strengths[at];
      }
    }
    return absent;
  }

  /// The first of the links of a cause; its last is before the first of the next cause.
  int from(int cause) {
    return from[cause];
  }

  int symptomOf(int link) {
    return symptoms[link];
  }

  double strength(int link) {
    return strengths[link];
  }
}

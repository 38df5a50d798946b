package io.grace.intelligence.bayes;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How likely each cause of a [NoisyOr] is, given which symptoms are there, which are not, and
/// which nobody looked for. *Immutable.*
///
/// @param posteriors one a cause
/// @param isExact otherwise, in a part of the network with too many symptoms, only so many causes
///   at once were considered as [#MOST_AT_ONCE], among the [#MOST_CANDIDATES] that explain most
/// @param logEvidence natural logarithm of the probability of what was found; a lower bound of it
///   unless exact
public record Diagnosis(double[] posteriors, boolean isExact, double logEvidence) {
  /// Causes at once in a part of the network that is too large to be exact.
  public static final int MOST_AT_ONCE = 3;

  public static final int MOST_CANDIDATES = 64;

  public Diagnosis {
    posteriors = posteriors.clone();
  }

  /// What was found of a symptom.
  public enum Finding {
    SEEN,
    NOT_SEEN,
    UNKNOWN
  }

  /// A cause and how likely it is.
  public record Suspect(int cause, double probability) {}

  /// Symptoms that are not there only weigh on each cause by itself; those that are there tie
  /// causes together (Heckerman, *A tractable inference algorithm for diagnosing multiple
  /// diseases*, 1989), in parts that share no symptom. GRACE differs in how a part is summed: over
  /// which of its symptoms are explained already, cause by cause, which only adds and so loses no
  /// digits where Heckerman's alternating sum does. Time and memory are 2^symptoms × causes of each
  /// part.
  ///
  /// @param findings one a symptom
  public static Diagnosis of(NoisyOr network, List<Finding> findings) {
    if (findings.size() != network.symptoms()) {
      throw new IllegalArgumentException(
          "wanted %d findings: %d".formatted(network.symptoms(), findings.size()));
    }
    double[] posteriors = new double[network.causes()];
    double[] on = new double[network.causes()];
    double logEvidence = 0;
    boolean isExact = true;
    for (int symptom = 0; symptom < network.symptoms(); symptom++) {
      if (findings.get(symptom) == Finding.NOT_SEEN) {
        logEvidence += Math.log1p(-network.leak(symptom));
      }
    }
    for (int cause = 0; cause < on.length; cause++) {
      on[cause] = network.prior(cause);
      for (int at = network.from(cause); at < network.from(cause + 1); at++) {
        if (findings.get(network.symptomOf(at)) == Finding.NOT_SEEN) {
          on[cause] *= 1 - network.strength(at);
        }
      }
      double sum = on[cause] + 1 - network.prior(cause);
      on[cause] /= sum;
      logEvidence += Math.log(sum);
      posteriors[cause] = on[cause];
    }
    for (DiagnosisPart part : DiagnosisPart.all(network, findings)) {
      logEvidence += part.fits() ? part.exact(on, posteriors) : part.bounded(on, posteriors);
      isExact &= part.fits();
    }
    return new Diagnosis(posteriors, isExact, logEvidence);
  }

  @Override
  public double[] posteriors() {
    return posteriors.clone();
  }

  /// The likeliest causes, the likeliest first, the lower number first of two that are alike.
  public List<Suspect> ranked(int most) {
    Comparator<Integer> likeliest = Comparator.comparingDouble(i -> -posteriors[i]);
    return IntStream.range(0, posteriors.length)
        .boxed()
        .sorted(likeliest)
        .limit(most)
        .map(i -> new Suspect(i, posteriors[i]))
        .toList();
  }

  /// In words, how the posteriors were found.
  public String inWords() {
    return isExact
        ? "exact"
        : "of at most %d causes at once among the %d that explain most"
            .formatted(MOST_AT_ONCE, MOST_CANDIDATES);
  }
}

package io.grace.intelligence.bayes;

import java.util.Locale;
import java.util.OptionalDouble;

/// What a network says of one variable given some evidence, and how it was found.
public sealed interface Answer {
  /// In words, for people who must know how far to trust it.
  String inWords();

  /// The probabilities themselves, to rounding.
  ///
  /// @param posterior one probability a state
  /// @param logEvidence natural logarithm of the probability of the evidence; empty if that alone
  ///   would have cost more than the limits
  /// @param cost of what was eliminated
  record Exact(double[] posterior, OptionalDouble logEvidence, Cost cost) implements Answer {
    public Exact {
      posterior = posterior.clone();
    }

    @Override
    public double[] posterior() {
      return posterior.clone();
    }

    @Override
    public String inWords() {
      return String.format(
          Locale.ROOT,
          "exact: %d variables eliminated, largest table %d cells",
          cost.variables(),
          cost.largest());
    }
  }

  /// Estimates by likelihood weighting.
  ///
  /// @param posterior one estimate a state
  /// @param standardErrors one a state
  /// @param effectiveSamples how many samples without weights would tell as much
  /// @param refused what an exact answer would have cost
  record Sampled(double[] posterior, double[] standardErrors, double effectiveSamples, Cost refused)
      implements Answer {
    public Sampled {
      posterior = posterior.clone();
      standardErrors = standardErrors.clone();
    }

    @Override
    public double[] posterior() {
      return posterior.clone();
    }

    @Override
    public double[] standardErrors() {
      return standardErrors.clone();
    }

    @Override
    public String inWords() {
      double most = 0;
      for (double error : standardErrors) {
        most = Math.max(most, error);
      }
      return String.format(
          Locale.ROOT,
          "sampled, not exact: standard error up to %.4f from %.0f effective samples; an exact"
              + " answer needs %.2g cells at once and %.2g products",
          most,
          effectiveSamples,
          (double) refused.peak(),
          (double) refused.products());
    }
  }

  /// The evidence has probability 0 in this network: nothing follows from it.
  record Impossible() implements Answer {
    @Override
    public String inWords() {
      return "the network holds this evidence to be impossible";
    }
  }

  /// No sample agreed with the evidence, and an exact answer would cost too much.
  record Undecided(int samples, Cost refused) implements Answer {
    @Override
    public String inWords() {
      return String.format(
          Locale.ROOT,
          "not known: none of %d samples agreed with the evidence; an exact answer needs %.2g"
              + " cells at once and %.2g products",
          samples,
          (double) refused.peak(),
          (double) refused.products());
    }
  }

  /// What an elimination takes, computed before it begins.
  ///
  /// @param variables that are eliminated
  /// @param largest cells of the largest table
  /// @param peak cells of all tables at once
  /// @param products of two numbers, all together
  record Cost(int variables, long largest, long peak, long products) {
    static final Cost NONE = new Cost(0, 1, 1, 0);

    /// Of two eliminations, one after the other.
    Cost then(Cost next) {
      return new Cost(
          variables + next.variables,
          Math.max(largest, next.largest),
          Math.max(peak, next.peak),
          capped(products + next.products));
    }

    /// Of so many eliminations of this kind.
    Cost times(long often) {
      return new Cost(variables, largest, peak, capped((double) products * often));
    }

    private static long capped(double count) {
      return (long) Math.min(Long.MAX_VALUE / 4.0, count);
    }

    boolean fits(Limits limits) {
      return peak <= limits.cells() && products <= limits.products();
    }
  }
}

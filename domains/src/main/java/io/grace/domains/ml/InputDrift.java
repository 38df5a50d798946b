package io.grace.domains.ml;

import io.grace.intelligence.drift.StabilityIndex;
import java.util.Arrays;

/// Whether what a model reads is still like what it learnt from. An index counts as drift only
/// where it is large by itself, larger than chance makes that of so few values (Yurdakul,
/// *Statistical Properties of Population Stability Index*, 2018: of n and m values it is
/// distributed as (1/n + 1/m) χ²), and larger than that of stretches of the learnt values, for a
/// stretch of a series is never distributed as the whole of it. *Immutable.*
final class InputDrift {
  /// Much changed above it (Siddiqi 2006).
  private static final double MUCH = 0.25;

  /// Beyond the greatest that was seen.
  private static final double BEYOND = 1.5;

  /// Of χ² with nine degrees of freedom, of which one in a million lies above.
  private static final double CHANCE = 44.8;

  private static final int STRETCH = 120;
  private static final int STEPS = 4;

  private final double[] reference;
  private final int stretch;
  private final double limit;

  InputDrift(double[] reference) {
    this.reference = reference.clone();
    this.stretch = Math.min(STRETCH, reference.length / 3);
    this.limit = stretch < StabilityIndex.LEAST ? Double.POSITIVE_INFINITY : limit();
  }

  private double limit() {
    double most = Math.max(MUCH, CHANCE * (1.0 / stretch + 1.0 / reference.length));
    for (int to = stretch; to <= reference.length; to += Math.max(1, stretch / STEPS)) {
      double[] part = Arrays.copyOfRange(reference, to - stretch, to);
      most = Math.max(most, BEYOND * StabilityIndex.between(reference, part));
    }
    return most;
  }

  /// The index of the newest values by its limit; above 1 they have drifted. 0 as long as there are
  /// too few.
  ///
  /// @param since values that came after what was learnt
  double excess(double[] since) {
    if (since.length < stretch || limit == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double[] now = Arrays.copyOfRange(since, since.length - stretch, since.length);
    return StabilityIndex.between(reference, now) / limit;
  }
}

package io.grace.domains.ml;

import io.grace.domains.series.Recorded;
import io.grace.intelligence.drift.Adwin;
import io.grace.intelligence.forecast.Accuracy;
import java.util.Arrays;
import java.util.OptionalDouble;

/// How well one version does on what comes: each moment is forecast from what was known then and
/// judged when its steps ahead have come. A version that was just put into production is first
/// judged on the newest moments that it did not learn from, so that a bad one shows at once. *Owned
/// by whoever holds its lock.*
final class LiveScore {
  /// Of a moment when the next one comes: about twenty count.
  private static final double DISCOUNT = 0.95;

  /// Discounted moments without which nothing is said.
  private static final double LEAST = 5;

  /// Moments that are made up for when a version begins.
  private static final int AT_ONCE = 64;

  /// Chance of a false alarm at a look.
  private static final double DELTA = 0.002;

  /// In naive errors; more says no more.
  private static final double WORST = 10;

  private final Version version;
  private final ModelArtifact artifact;
  private final long learntUntil;
  private final InputDrift inputs;
  private final Adwin errors = new Adwin(DELTA, 0, WORST);
  private final double unit;

  // Owned by whoever holds the lock.
  private long judgedUntil;
  private double weight;
  private double error;
  private double naive;
  private double inputExcess;
  private boolean hasErrorRisen;

  LiveScore(Version version, ModelArtifact artifact) {
    this.version = version;
    this.artifact = artifact;
    String until = version.tags().getOrDefault(Tags.LEARNT_UNTIL, "0");
    this.learntUntil = until.matches("\\d{1,18}") ? Long.parseLong(until) : 0;
    this.inputs = new InputDrift(artifact.reference());
    double scale = Accuracy.scale(artifact.reference(), artifact.model().window().horizon());
    this.unit = scale > 0 ? scale : 1;
    this.judgedUntil = learntUntil;
  }

  Version version() {
    return version;
  }

  /// Values that a look needs to make up for what it missed.
  int wanted() {
    var window = artifact.model().window();
    return window.history() + window.horizon() + 4 * AT_ONCE;
  }

  /// Judges every moment that can be judged now and was not yet.
  void look(Recorded recent) {
    double[] values = recent.values();
    int horizon = artifact.model().window().horizon();
    int history = artifact.model().window().history();
    int last = values.length - horizon;
    int first = Math.max(history, last - AT_ONCE + 1);
    for (int at = first; at <= last; at++) {
      long origin = recent.secondOf(at - 1);
      if (origin > judgedUntil) {
        judgedUntil = origin;
        take(Origins.at(artifact.model(), values, at));
      }
    }
    double[] since =
        recent.newest() <= learntUntil
            ? new double[0]
            : Arrays.copyOfRange(values, firstSince(recent), values.length);
    inputExcess = inputs.excess(since);
  }

  private int firstSince(Recorded recent) {
    long known = (recent.newest() - learntUntil) / recent.step();
    return (int) Math.max(0, recent.values().length - known);
  }

  private void take(Origins.Errors one) {
    weight = DISCOUNT * weight + 1;
    error = DISCOUNT * error + one.model();
    naive = DISCOUNT * naive + one.naive();
    double scaled = Math.min(WORST, one.model() / unit);
    Adwin.Change change = errors.add(Double.isFinite(scaled) ? scaled : WORST);
    hasErrorRisen = (hasErrorRisen && change != Adwin.Change.FELL) || change == Adwin.Change.ROSE;
  }

  /// The naive forecast's share of both errors: 1 is perfect, 0.5 no better than naive, 0 useless.
  /// Empty until enough was judged.
  OptionalDouble accuracy() {
    if (weight < LEAST) {
      return OptionalDouble.empty();
    }
    double both = error + naive;
    if (!Double.isFinite(both)) {
      return OptionalDouble.of(0);
    }
    return OptionalDouble.of(both == 0 ? 1 : naive / both);
  }

  /// Whether its inputs or its errors are no longer what they were.
  boolean hasDrifted() {
    return inputExcess > 1 || hasErrorRisen;
  }

  /// How far it drifted, to choose among several.
  double drift() {
    return Math.max(inputExcess, hasErrorRisen ? 1 + errors.mean() / WORST : 0);
  }
}

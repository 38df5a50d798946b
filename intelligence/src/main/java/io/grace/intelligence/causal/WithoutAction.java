package io.grace.intelligence.causal;

import io.grace.intelligence.causal.RecoveryCurve.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What would have been, had nobody acted on an incident. *Immutable.*
///
/// @param recoversAnyway how likely the incident would have recovered alone within the same time
/// @param effect of the action on the mean of the metric since, in its unit: what was measured less
///   what was to be expected; with it between which values it lies with 90 % certainty
/// @param hasRecovered whether the incident recovered
public record WithoutAction(Estimate recoversAnyway, Estimate effect, boolean hasRecovered) {
  /// Of a normal distribution, beyond which one of twenty lies on each side.
  private static final double FIVE_PERCENT = 1.6448536269514722;

  public static final int MOST_STEPS = 100_000;

  /// The windows of a metric, evenly spaced, the oldest value first.
  ///
  /// @param before the incident
  /// @param during the incident, until the action
  /// @param after the action
  public record Windows(double[] before, double[] during, double[] after) {
    public Windows {
      before = checked("before", before);
      during = checked("during", during);
      after = checked("after", after);
    }

    private static double[] checked(String name, double[] values) {
      if (values.length < 1
          || values.length > MOST_STEPS
          || !Arrays.stream(values).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "%s must hold 1 to %d finite values: %d".formatted(name, MOST_STEPS, values.length));
      }
      return values.clone();
    }
  }

  /// Without the action, the metric would have stayed at the level of the incident, and gone back
  /// to that before it at the moment of recovering alone, whose distribution the curve knows.
  ///
  /// @param curve of incidents of this kind
  /// @param actedMs age of the incident when the action came
  /// @param sinceMs from then until recovery, or until now if it has not recovered; `after` is of
  ///   this time
  public static WithoutAction of(
      RecoveryCurve curve, Windows windows, long actedMs, long sinceMs, boolean hasRecovered) {
    if (actedMs < 0 || sinceMs < 0) {
      throw new IllegalArgumentException(
          "ages must be 0 or more: %d, %d".formatted(actedMs, sinceMs));
    }
    Estimate anyway = curve.recoversBetween(actedMs, actedMs + sinceMs);
    double usual = median(windows.before);
    double ill = median(windows.during);
    double measured = Arrays.stream(windows.after).average().orElse(0);
    int steps = windows.after.length;
    // The share of the steps that the incident would still have lasted: its mean and quantiles.
    double mean = 0;
    double shortest = 1;
    double longest = 0;
    double before = 1;
    double[] unused = new double[curve.shape().slots()];
    for (int step = 1; step <= steps; step++) {
      long age = actedMs + Math.round((double) sinceMs * step / steps);
      double lasts = curve.lastsBetween(actedMs, age, 0, unused);
      mean += (before + lasts) / 2 / steps;
      double share = (step - 0.5) / steps;
      shortest = 1 - lasts >= 0.05 ? Math.min(shortest, share) : shortest;
      longest = lasts <= 0.05 && before > 0.05 ? share : longest;
      before = lasts;
    }
    longest = before > 0.05 ? 1 : longest;
    double noise = FIVE_PERCENT * (error(windows.during) + error(windows.before));
    double one = measured - usual - (ill - usual) * shortest;
    double other = measured - usual - (ill - usual) * longest;
    Estimate effect =
        new Estimate(
            measured - usual - (ill - usual) * mean,
            Math.min(one, other) - noise,
            Math.max(one, other) + noise);
    return new WithoutAction(anyway, effect, hasRecovered);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// Of a median, as if values were independent and normal; from their median deviation.
  private static double error(double[] values) {
    double middle = median(values);
    double deviation = median(Arrays.stream(values).map(v -> Math.abs(v - middle)).toArray());
    return 1.4826 * deviation * Math.sqrt(Math.PI / 2 / values.length);
  }

  /// How likely the action saved the incident: it recovered, and would not have alone.
  public double saved() {
    return hasRecovered ? 1 - recoversAnyway.mean() : 0;
  }

  /// For people.
  public String inWords() {
    String alone =
        String.format(
            Locale.ROOT,
            "%.0f of 100 such incidents would have recovered by then without the action"
                + " (between %.0f and %.0f)",
            100 * recoversAnyway.mean(),
            100 * recoversAnyway.low(),
            100 * recoversAnyway.high());
    String change =
        String.format(
            Locale.ROOT,
            "it moved the metric by %.4g (between %.4g and %.4g)",
            effect.mean(),
            effect.low(),
            effect.high());
    return hasRecovered
        ? alone + "; " + change
        : "not recovered with the action; " + alone + "; " + change;
  }

  /// What came of acting on one incident.
  ///
  /// @param actedMs age of the incident when the action came
  /// @param watchedMs for how long after it was watched whether it recovers
  /// @param hasRecovered in that time
  public record Treated(long actedMs, long watchedMs, boolean hasRecovered) {}

  /// The mean effect of an action on the incidents that it was taken for (average treatment effect
  /// on the treated): the share that recovered with it less the share that would have without. The
  /// interval holds the chance of the outcomes (with two successes and two failures added: Agresti
  /// & Coull, *Approximate is better than "exact"*, American Statistician 52, 1998) and what is not
  /// known of the curve, to first order.
  ///
  /// @param treated at least one
  /// @return in [-1, 1]
  public static Estimate meanEffect(RecoveryCurve curve, List<Treated> treated) {
    if (treated.isEmpty()) {
      throw new IllegalArgumentException("wanted at least one incident that was acted on");
    }
    int n = treated.size();
    double[] gradient = new double[curve.shape().slots()];
    double anyway = 0;
    int recovered = 0;
    for (Treated one : treated) {
      long until = one.actedMs + one.watchedMs;
      anyway += (1 - curve.lastsBetween(one.actedMs, until, 1.0 / n, gradient)) / n;
      recovered += one.hasRecovered ? 1 : 0;
    }
    double mean = (double) recovered / n - anyway;
    double share = (recovered + 2.0) / (n + 4);
    double variance = share * (1 - share) / (n + 4) + curve.variance(gradient);
    double middle = share - anyway;
    double reach = FIVE_PERCENT * Math.sqrt(variance);
    return new Estimate(
        mean,
        Math.max(-1, Math.min(mean, middle - reach)),
        Math.min(1, Math.max(mean, middle + reach)));
  }
}

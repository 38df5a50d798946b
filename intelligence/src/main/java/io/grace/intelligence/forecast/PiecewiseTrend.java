package io.grace.intelligence.forecast;

import io.grace.intelligence.linear.Ridge;
import java.util.Arrays;

/// A straight line that may bend at a few points, plus waves of the calendar, plus known events:
/// the additive model of Prophet (Taylor & Letham, *Forecasting at Scale*, The American
/// Statistician 72, 2018, sections 3.1–3.3). *Immutable.*
///
/// GRACE differs in that the Laplace prior of the bends is reached by reweighted ridge regression
/// (Tibshirani, *Regression shrinkage and selection via the lasso*, JRSS B 58, 1996, section 2.6)
/// and not by sampling.
public final class PiecewiseTrend {
  /// As Prophet has, spread evenly over the first [#SHARE] of the past.
  public static final int BENDS = 25;

  private static final double SHARE = 0.8;
  private static final int PAIRS = 10;
  private static final int ROUNDS = 8;

  /// Prophet's default scale of the prior of a bend.
  private static final double BEND_SCALE = 0.05;

  /// Prophet's default scale of waves and events.
  private static final double WAVE_SCALE = 10;

  /// Fewer points say nothing of trend and calendar.
  static final int LEAST = 10;

  /// 1, slope, bends, waves, known.
  private final double[] b;

  private final Calendar calendar;
  private final Known known;
  private final int length;

  private PiecewiseTrend(double[] b, Calendar calendar, Known known, int length) {
    this.b = b;
    this.calendar = calendar;
    this.known = known;
    this.length = length;
  }

  /// @param values at least 10
  public static PiecewiseTrend fit(double[] values, Seasons seasons, Known known) {
    if (values.length < LEAST) {
      throw new IllegalArgumentException("needs " + LEAST + " values: " + values.length);
    }
    known.mustReach(values.length);
    Calendar calendar = Calendar.of(seasons, values.length, PAIRS);
    int size = 2 + BENDS + calendar.count() + known.count();
    Standard standard = Standard.of(values, false);
    Ridge ridge = new Ridge(size, 1);
    double[] x = new double[size];
    for (int t = 0; t < values.length; t++) {
      write(t, values.length, calendar, known, x);
      ridge.add(x, standard.in()[t], 1);
    }
    double[] b = reweighted(ridge, standard.in(), size);
    for (int i = 0; i < size; i++) {
      b[i] *= standard.deviation();
    }
    b[0] += standard.mean();
    return new PiecewiseTrend(b, calendar, known, values.length);
  }

  private static double[] reweighted(Ridge ridge, double[] values, int size) {
    // The noise is not known; the spread of the steps is a cautious guess.
    double noise = Accuracy.scale(values, 1) / 1.13;
    double variance = Math.max(1e-6, noise * noise / 2);
    double[] penalties = new double[size];
    Arrays.fill(penalties, variance / (WAVE_SCALE * WAVE_SCALE));
    Arrays.fill(penalties, 2, 2 + BENDS, variance / (BEND_SCALE * BEND_SCALE));
    double[] b = ridge.solve(penalties);
    for (int round = 1; round < ROUNDS; round++) {
      for (int i = 2; i < 2 + BENDS; i++) {
        penalties[i] = variance / (BEND_SCALE * Math.max(1e-4, Math.abs(b[i])));
      }
      b = ridge.solve(penalties);
    }
    return b;
  }

  private static void write(int t, int length, Calendar calendar, Known known, double[] x) {
    double at = (double) t / length;
    x[0] = 1;
    x[1] = at;
    for (int k = 0; k < BENDS; k++) {
      x[2 + k] = Math.max(0, at - SHARE * (k + 1) / (BENDS + 1));
    }
    known.write(t, x, calendar.write(t, x, 2 + BENDS));
  }

  /// How much the slope changes at each of [#BENDS] points, in units of y per length of the past.
  public double[] bends() {
    return Arrays.copyOfRange(b, 2, 2 + BENDS);
  }

  /// What one unit of each known regressor does, in units of y.
  public double[] effects() {
    return Arrays.copyOfRange(b, b.length - known.count(), b.length);
  }

  /// Where the k-th bend is.
  public static int bendAt(int k, int length) {
    return (int) Math.round(length * SHARE * (k + 1) / (BENDS + 1));
  }

  /// The model at step t, counted from the first value; later steps are forecasts.
  public double at(int t) {
    double[] x = new double[b.length];
    write(t, length, calendar, known, x);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += b[i] * x[i];
    }
    return sum;
  }

  /// The expected values 1 … horizon steps after the last.
  public double[] path(int horizon) {
    known.mustReach(length + horizon);
    double[] path = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      path[h] = at(length + h);
    }
    return path;
  }
}

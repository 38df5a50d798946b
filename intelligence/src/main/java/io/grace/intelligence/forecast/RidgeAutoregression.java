package io.grace.intelligence.forecast;

import io.grace.intelligence.linear.Ridge;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A value as a weighted sum of earlier ones, of where the calendar is and of what is known ahead,
/// fitted by ridge regression and run forward on its own answers (Box & Jenkins, *Time Series
/// Analysis*, 1970, chapter 3; the lags around each cycle follow Doornik, Castle & Hendry, *Card
/// forecasts for M4*, International Journal of Forecasting 36, 2020, section 3). *Immutable.*
///
/// @param memory which lags are looked at
/// @param difference what is taken from each value first
/// @param isLog whether logarithms are modelled, where every value is positive
/// @param penalty of a squared coefficient, per row, on values of variance 1
/// @param pairs sines and cosines a cycle
public record RidgeAutoregression(
    Memory memory, Difference difference, boolean isLog, double penalty, int pairs, Known known)
    implements Forecaster {
  /// Older rows say little of today.
  private static final int REACH = 1_500;

  /// So many outer cycles are worth their cost, too.
  private static final int CYCLES = 4;

  /// A path that leaves the past's range by more deviations than this has run away.
  private static final double ROOM = 2;

  /// How many lags.
  public enum Memory {
    /// The last few, and those around each cycle.
    FEW,
    /// A whole short cycle, and those around each of its multiples up to the long one.
    MANY
  }

  /// What a value is compared with.
  public enum Difference {
    NONE,
    /// The value before.
    STEP,
    /// The value one short cycle before.
    INNER,
    /// The value one long cycle before.
    OUTER
  }

  /// With neither calendar nor events.
  public RidgeAutoregression(Memory memory, Difference difference, boolean isLog, double penalty) {
    this(memory, difference, isLog, penalty, 0, Known.NOTHING);
  }

  @Override
  public String name() {
    return "ar-"
        + (memory == Memory.FEW ? "few" : "many")
        + switch (difference) {
          case NONE -> "";
          case STEP -> "-d1";
          case INNER -> "-din";
          case OUTER -> "-dout";
        }
        + (isLog ? "-log" : "")
        + (pairs > 0 ? "-cal" : "");
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    known.mustReach(past.length + horizon);
    int start = past.length - reach(past.length, seasons);
    double[] recent = Arrays.copyOfRange(past, start, past.length);
    boolean hasLog = isLog && Arrays.stream(recent).min().orElseThrow() > 0;
    Standard standard = Standard.of(recent, hasLog);
    int step = step(seasons, recent.length);
    int[] lags = lags(seasons, recent.length - step);
    if (lags.length == 0 || step < 0 || standard.deviation() == 0) {
      return Naive.path(past, horizon);
    }
    double[] levels = standard.in();
    double[] values = minus(levels, step);
    Row row = new Row(lags, Calendar.of(seasons, recent.length, pairs), known, start + step);
    double[] b = fit(values, row);
    double[] path = run(values, row, b, horizon);
    return standard.out(back(levels, path, step), ROOM);
  }

  static int reach(int length, Seasons seasons) {
    return Math.min(length, Math.max(REACH, CYCLES * Math.max(seasons.inner(), seasons.outer())));
  }

  /// @return -1 if there is no such cycle
  private int step(Seasons seasons, int length) {
    int step =
        switch (difference) {
          case NONE -> 0;
          case STEP -> 1;
          case INNER -> seasons.innerWithin(length, 3);
          case OUTER -> seasons.longest(length, 3);
        };
    return step == 1 && difference != Difference.STEP ? -1 : step;
  }

  /// Ascending, without those that are too long for the past.
  int[] lags(Seasons seasons, int length) {
    int inner = seasons.inner();
    int outer = seasons.outer();
    boolean isMany = memory == Memory.MANY;
    int first = isMany ? Math.min(inner + 2, 26) : 4;
    IntStream lags = IntStream.rangeClosed(1, inner > 1 ? first : isMany ? 8 : 4);
    if (inner > 1) {
      lags = IntStream.concat(lags, around(inner));
      int most = outer > 1 ? outer / inner : 2;
      for (int k = 2; k < (isMany ? most : 3); k++) {
        lags = IntStream.concat(lags, around(k * inner));
      }
    }
    if (outer > 1) {
      lags = IntStream.concat(lags, around(outer));
    }
    return lags.filter(lag -> lag <= 2 * length / 5).distinct().sorted().toArray();
  }

  private static IntStream around(int cycle) {
    return IntStream.rangeClosed(Math.max(1, cycle - 1), cycle + 2);
  }

  private double[] fit(double[] values, Row row) {
    Ridge ridge = new Ridge(row.size(), 1);
    double[] x = new double[row.size()];
    for (int t = row.longest(); t < values.length; t++) {
      row.write(values, t, x);
      ridge.add(x, values[t], 1);
    }
    double each = penalty * Math.max(ridge.weight(), 1) + 1e-9;
    double[] penalties = new double[row.size()];
    Arrays.fill(penalties, each);
    // The mean is no guess that should be pulled to 0.
    penalties[row.size() - 1] = 1e-3 * each;
    double[] expected = new double[row.size()];
    // Without anything to go by, the next value is the last one.
    expected[0] = difference == Difference.NONE ? 1 : 0;
    return ridge.solve(penalties, expected);
  }

  private static double[] run(double[] values, Row row, double[] b, int horizon) {
    double[] all = Arrays.copyOf(values, values.length + horizon);
    double[] x = new double[row.size()];
    for (int t = values.length; t < all.length; t++) {
      row.write(all, t, x);
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += b[i] * x[i];
      }
      all[t] = sum;
    }
    return Arrays.copyOfRange(all, values.length, all.length);
  }

  private static double[] minus(double[] levels, int step) {
    if (step <= 0) {
      return levels;
    }
    double[] values = new double[levels.length - step];
    for (int t = step; t < levels.length; t++) {
      values[t - step] = levels[t] - levels[t - step];
    }
    return values;
  }

  private static double[] back(double[] levels, double[] path, int step) {
    double[] back = path.clone();
    for (int h = 0; h < path.length && step > 0; h++) {
      back[h] += h < step ? levels[levels.length - step + h] : back[h - step];
    }
    return back;
  }

  /// The inputs of one step: lags, calendar, events, 1.
  private record Row(int[] lags, Calendar calendar, Known known, int start) {
    int longest() {
      return lags[lags.length - 1];
    }

    int size() {
      return lags.length + calendar.count() + known.count() + 1;
    }

    void write(double[] values, int t, double[] x) {
      int at = 0;
      for (int lag : lags) {
        x[at++] = values[t - lag];
      }
      at = calendar.write(start + t, x, at);
      at = known.write(start + t, x, at);
      x[at] = 1;
    }
  }
}

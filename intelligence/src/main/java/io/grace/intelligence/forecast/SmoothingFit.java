package io.grace.intelligence.forecast;

import io.grace.intelligence.forecast.Smoothing.Kind;
import java.util.Arrays;

/// A [Smoothing] whose parameters were found: where its states are after the last point.
///
/// @param season one value a phase; the first is that of the step after the last point
/// @param sigma the standard deviation of the errors one step ahead
/// @param aicc how well it fits for how much it knows; the least is the best
public record SmoothingFit(
    Kind kind,
    double alpha,
    double beta,
    double phi,
    double gamma,
    double level,
    double trend,
    double[] season,
    double sigma,
    double aicc) {
  private static final int EVALUATIONS = 150;

  /// Below .8 a trend is gone at once, above .98 it is as good as Holt's (Hyndman et al. 2008,
  /// section 2.4).
  private static final double PHI_LOW = 0.8;

  private static final double PHI_HIGH = 0.98;

  /// @param values at least [Smoothing#LEAST], and two periods if there are seasons
  /// @param period 1 if there are no seasons
  public static SmoothingFit of(Kind kind, double[] values, int period) {
    if (values.length < Math.max(Smoothing.LEAST, kind.hasSeasons ? 2 * period : 0)) {
      throw new IllegalArgumentException(
          "%s of period %d needs more values: %d".formatted(kind, period, values.length));
    }
    double[] start = start(kind);
    Runner runner = new Runner(kind, values, kind.hasSeasons ? period : 1);
    double[] best = Simplex.minimise(runner::squares, start, EVALUATIONS);
    double squares = runner.squares(best);
    int free = start.length + 2 + (kind.hasTrend ? 1 : 0) + (kind.hasSeasons ? period - 1 : 0);
    int n = values.length;
    // A perfect fit has no finite likelihood; the floor is what a double can hold of the values.
    double floor = n * 1e-24 * (1 + values[n - 1] * values[n - 1]);
    double aicc =
        n * Math.log(Math.max(squares, floor) / n)
            + 2.0 * free
            + (n - free - 1 > 0 ? 2.0 * free * (free + 1) / (n - free - 1) : 1e9);
    return runner.fit(Math.sqrt(squares / n), aicc);
  }

  private static double[] start(Kind kind) {
    double[] start =
        new double
            [1 + (kind.hasTrend ? 1 : 0) + (kind.isDamped ? 1 : 0) + (kind.hasSeasons ? 1 : 0)];
    start[0] = -0.5;
    if (kind.hasTrend) {
      start[1] = -2;
    }
    if (kind.isDamped) {
      start[2] = 1;
    }
    if (kind.hasSeasons) {
      start[start.length - 1] = -2;
    }
    return start;
  }

  /// The expected values 1 … horizon steps ahead.
  public double[] path(int horizon) {
    double[] path = new double[horizon];
    double climb = 0;
    double factor = 1;
    for (int h = 0; h < horizon; h++) {
      factor *= phi;
      climb += factor * trend;
      path[h] = level + climb + season[h % season.length];
    }
    return path;
  }

  private static double unit(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /// Runs the recursions over the values. *Owned by one fit.*
  private static final class Runner {
    private final Kind kind;
    private final double[] values;
    private final int period;
    private final double[] firstSeason;
    private final double firstLevel;
    private final double firstTrend;
    private final double[] season;
    private double alpha;
    private double beta;
    private double phi;
    private double gamma;
    private double level;
    private double trend;

    Runner(Kind kind, double[] values, int period) {
      this.kind = kind;
      this.values = values;
      this.period = period;
      this.firstSeason = new double[period];
      this.season = new double[period];
      if (kind.hasSeasons) {
        double first = mean(values, 0, period);
        double slope = (mean(values, period, 2 * period) - first) / period;
        for (int i = 0; i < period; i++) {
          double line = first + slope * (i - (period - 1) / 2.0);
          firstSeason[i] = (values[i] - line + values[i + period] - line - slope * period) / 2;
        }
        firstTrend = kind.hasTrend ? slope : 0;
        firstLevel = first - slope * (period + 1) / 2.0;
      } else {
        int reach = Math.min(10, values.length - 1);
        double slope = (values[reach] - values[0]) / reach;
        firstTrend = kind.hasTrend ? slope : 0;
        firstLevel = kind.hasTrend ? values[0] - slope : values[0];
      }
    }

    private static double mean(double[] values, int from, int to) {
      return Arrays.stream(values, from, to).average().orElseThrow();
    }

    /// @param free the parameters, each squeezed into its range by the logistic function
    double squares(double[] free) {
      alpha = unit(free[0]);
      beta = kind.hasTrend ? alpha * unit(free[1]) : 0;
      phi = kind.isDamped ? PHI_LOW + (PHI_HIGH - PHI_LOW) * unit(free[2]) : 1;
      gamma = kind.hasSeasons ? (1 - alpha) * unit(free[free.length - 1]) : 0;
      level = firstLevel;
      trend = firstTrend;
      System.arraycopy(firstSeason, 0, season, 0, period);
      double squares = 0;
      int phase = 0;
      for (double value : values) {
        double expected = level + phi * trend;
        double error = value - expected - season[phase];
        squares += error * error;
        level = expected + alpha * error;
        trend = phi * trend + beta * error;
        season[phase] += gamma * error;
        phase = phase + 1 == period ? 0 : phase + 1;
      }
      return squares;
    }

    SmoothingFit fit(double sigma, double aicc) {
      double[] next = new double[period];
      for (int i = 0; i < period; i++) {
        next[i] = season[(values.length + i) % period];
      }
      return new SmoothingFit(kind, alpha, beta, phi, gamma, level, trend, next, sigma, aicc);
    }
  }
}

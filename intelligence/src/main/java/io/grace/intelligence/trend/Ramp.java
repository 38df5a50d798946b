package io.grace.intelligence.trend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A line that the newest values follow, and how sure its continuation is: what builds up slowly is
/// seen here long before a model that learns from its errors has met them. *Immutable.*
///
/// Least squares over the newest quarter, half and whole of the values, each passed through a
/// median of five, so that single spikes do not count. A stretch counts as a ramp only if
///
/// - a line explains it clearly better than one step does, since a step goes nowhere;
/// - its slope is beyond [#SURE] of its standard errors; and
/// - its newest third still climbs at half of that slope at least, since what levels off does not
///   arrive.
///
/// Errors of neighbours are alike, so standard errors are those of as many independent values as
/// are worth n such ones, n (1 − ρ) / (1 + ρ) with ρ the residuals' correlation with their
/// neighbours (Bayley & Hammersley, *The "Effective" Number of Independent Observations in an
/// Autocorrelated Time Series*, JRSS Suppl. 8, 1946). Of several stretches the one whose
/// continuation is surest counts.
///
/// @param level of the line at the newest value
/// @param slope a step
/// @param noise standard deviation of the values around the line, spikes left aside
/// @param count values that it rests on
/// @param worth as how many independent values those count
public record Ramp(double level, double slope, double noise, int count, double worth) {
  /// Fewer values say nothing of a ramp.
  public static final int LEAST = 24;

  private static final double SURE = 5;

  /// What a step leaves unexplained must be this much more than what a line leaves.
  private static final double BETTER = 1.3;

  private static final double STILL_CLIMBS = 0.5;
  private static final int MEDIAN_OF = 5;

  /// From the median distance to the standard deviation of a normal distribution.
  private static final double NORMAL = 1.4826;

  /// Residuals never count as fewer independent values.
  private static final double LEAST_WORTH = 4;

  /// The expected value so many steps ahead, at least 1.
  public double ahead(int steps) {
    return level + slope * steps;
  }

  /// The standard deviation of the value there: that of the line, and the noise around it.
  public double deviation(int steps) {
    double middle = (count - 1) / 2.0 + steps;
    double spread = (count * (double) count - 1) / 12;
    return noise * Math.sqrt(1 + (1 + middle * middle / spread) / worth);
  }

  /// @param values equally far apart, the oldest first; finite
  /// @param steps how far ahead it is to be surest
  /// @return null if the newest values follow no line
  public static @Nullable Ramp find(double[] values, int steps) {
    double[] calm = calmed(values);
    Ramp best = null;
    for (int count = values.length; count >= LEAST; count /= 2) {
      Ramp ramp = follow(values, calm, count);
      if (ramp != null && (best == null || ramp.deviation(steps) < best.deviation(steps))) {
        best = ramp;
      }
    }
    return best;
  }

  private static double[] calmed(double[] values) {
    double[] calm = new double[values.length];
    double[] near = new double[MEDIAN_OF];
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, i - MEDIAN_OF / 2);
      int to = Math.min(values.length, i + MEDIAN_OF / 2 + 1);
      System.arraycopy(values, from, near, 0, to - from);
      Arrays.sort(near, 0, to - from);
      calm[i] = near[(to - from) / 2];
    }
    return calm;
  }

  private static @Nullable Ramp follow(double[] raw, double[] values, int count) {
    int from = values.length - count;
    double slope = slope(values, from, count);
    double mean = mean(values, from, count);
    double level = mean + slope * (count - 1) / 2;
    double squares = 0;
    double products = 0;
    double before = 0;
    for (int i = 0; i < count; i++) {
      double error = values[from + i] - level + slope * (count - 1 - i);
      squares += error * error;
      products += error * before;
      before = error;
    }
    double correlation = squares == 0 ? 0 : Math.clamp(products / squares, 0, 0.99);
    double worth = Math.max(LEAST_WORTH, count * (1 - correlation) / (1 + correlation));
    double calmNoise = Math.sqrt(squares / (count - 2));
    double spread = (count * (double) count - 1) / 12;
    double slopeError = calmNoise / Math.sqrt(worth * spread);
    boolean isRamp =
        slope != 0
            && Math.abs(slope) > SURE * slopeError
            && step(values, from, count, mean) > BETTER * squares
            && slope(values, values.length - count / 3, count / 3) / slope > STILL_CLIMBS;
    return isRamp
        ? new Ramp(level, slope, Math.max(calmNoise, noise(raw, count, level, slope)), count, worth)
        : null;
  }

  /// The standard deviation of the values as they are, by their median distance from the line,
  /// which spikes do not reach.
  private static double noise(double[] raw, int count, double level, double slope) {
    double[] distances = new double[count];
    for (int i = 0; i < count; i++) {
      double line = level - slope * (count - 1 - i);
      distances[i] = Math.abs(raw[raw.length - count + i] - line);
    }
    Arrays.sort(distances);
    return NORMAL * distances[count / 2];
  }

  private static double mean(double[] values, int from, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[from + i];
    }
    return sum / count;
  }

  private static double slope(double[] values, int from, int count) {
    double mean = mean(values, from, count);
    double middle = (count - 1) / 2.0;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (i - middle) * (values[from + i] - mean);
    }
    return sum / (count * ((double) count * count - 1) / 12);
  }

  /// The least sum of squares that one step leaves.
  private static double step(double[] values, int from, int count, double mean) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += (values[from + i] - mean) * (values[from + i] - mean);
    }
    double gained = 0;
    double sum = 0;
    for (int i = 1; i < count; i++) {
      sum += values[from + i - 1] - mean;
      gained = Math.max(gained, sum * sum * count / ((double) i * (count - i)));
    }
    return total - gained;
  }
}

package io.grace.intelligence.interval;

import java.util.Arrays;

/// Two bounds around a forecast that learn from each actual value how far off they must be, so that
/// in the long run 2.5 % of the actual values lie below and 2.5 % above, whatever made the forecast
/// and however the series changes.
///
/// Adaptive conformal inference (Gibbs & Candès, *Adaptive Conformal Inference Under Distribution
/// Shift*, NeurIPS 2021, §2: αₜ₊₁ = αₜ + γ(α − errₜ)) in the form of quantile tracking, where the
/// bound itself and no level moves (Angelopoulos, Candès & Tibshirani, *Conformal PID Control for
/// Time Series Prediction*, NeurIPS 2023, §2.1), so nothing of the past need be kept. GRACE moves
/// the logarithm of each bound, measured in mean absolute errors of late: log qₜ₊₁ = log qₜ +
/// γ(errₜ − α). So no scale has to be known, a bound cannot turn negative, and skewed errors get a
/// skewed interval. The steps add up to where the bound has moved, so while it stays within limits
/// R apart, the share of misses in T actual values is off α by at most R/(γT) (their proposition
/// 4.1). It meets its lower limit where fewer than α of the actual values differ from the forecast
/// at all; then the interval is next to nothing and holds more often than it claims to.
///
/// State is [#SIZE] floats in a caller's array, so that very many series need no objects.
/// Stateless; *thread-safe* as far as the array is.
public final class BoundTracker {
  /// Floats of state.
  public static final int SIZE = 4;

  private static final int BELOW = 0;
  private static final int ABOVE = 1;
  private static final int SCALE = 2;
  private static final int DEVIATION = 3;

  /// The share that may miss on either side.
  private static final double MISS = 0.025;

  /// γ: a miss widens by a tenth and forty hits undo it.
  private static final double RATE = 0.1;

  /// while little was learnt, actual values count as of so few, so that a bad start is soon made
  /// good.
  private static final double START = 5;

  /// Share of the newest error in the mean absolute error and in the mean square.
  private static final double NEWEST = 0.01;

  /// ln 2.5: 97.5 % of a normal distribution lie below 2.46 mean absolute errors.
  private static final float FIRST = 0.916f;

  /// ln 0.02 and ln 10,000.
  private static final double LEAST = -3.9;

  private static final double MOST = 9.2;

  private BoundTracker() {}

  /// Makes the floats from `at` a state that has seen nothing.
  public static void reset(float[] state, int at) {
    Arrays.fill(state, at, at + SIZE, 0);
    state[at + BELOW] = FIRST;
    state[at + ABOVE] = FIRST;
  }

  /// @param seen actual values before this one
  /// @param low and `high`: the bounds that were given for this one
  public static void learn(
      float[] state, int at, long seen, double low, double forecast, double high, double actual) {
    double error = Math.abs(actual - forecast);
    double newest = Math.max(NEWEST, 1.0 / (seen + 1));
    double scale = state[at + SCALE];
    double deviation = state[at + DEVIATION];
    state[at + SCALE] = (float) (scale + newest * (error - scale));
    // The root is kept, not the square, which would leave the range of a float too soon.
    state[at + DEVIATION] =
        (float) Math.sqrt((1 - newest) * deviation * deviation + newest * error * error);
    double rate = Math.max(RATE, 1 / (1 + seen / START));
    state[at + BELOW] = moved(state[at + BELOW], rate, actual < low);
    state[at + ABOVE] = moved(state[at + ABOVE], rate, actual > high);
  }

  private static float moved(double log, double rate, boolean isMissed) {
    double next = log + rate * ((isMissed ? 1 : 0) - MISS);
    return (float) Math.clamp(next, LEAST, MOST);
  }

  /// How far below the forecast the interval reaches; 0 and more.
  public static double below(float[] state, int at) {
    return Math.exp(state[at + BELOW]) * state[at + SCALE];
  }

  /// How far above the forecast the interval reaches; 0 and more.
  public static double above(float[] state, int at) {
    return Math.exp(state[at + ABOVE]) * state[at + SCALE];
  }

  /// Root of the mean square of the errors of late.
  public static double deviation(float[] state, int at) {
    return state[at + DEVIATION];
  }
}

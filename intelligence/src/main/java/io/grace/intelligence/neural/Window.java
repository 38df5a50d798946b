package io.grace.intelligence.neural;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// What the network reads of a series to forecast it: a stretch before the origin that it remembers
/// its way through, then the steps ahead, each with what is known of it by then. *Immutable.*
///
/// As in DeepAR (Salinas et al., *DeepAR: Probabilistic forecasting with autoregressive recurrent
/// networks*, International Journal of Forecasting 36, 2020, sections 3 and 4) a step's inputs are
/// the value before it, lagged values and covariates, and a window is scaled by itself. GRACE
/// differs: its forecasts are not fed back (they are direct, so they need no sampling and errors do
/// not pile up); a lag that would reach past the origin is lengthened to its next multiple, the
/// same phase of an earlier season; the scale is the mean absolute deviation about the window's
/// mean, since a metric that wavers little about a high level would be flat else; what is learnt is
/// the departure from the first lag; and how far the last value departed is an input of its own, in
/// usual departures, for it can be small beside the scale and matter most.
///
/// @param context steps read before the origin
/// @param horizon steps to forecast
/// @param lags in steps, at least one; the first is the season, or 1 if there is none
/// @param covariates how many
public record Window(int context, int horizon, List<Integer> lags, int covariates) {
  /// Training holds every step of a batch in memory.
  private static final int MOST_STEPS = 10_000;

  private static final int MOST_LAGS = 64;

  /// So many deviations off the mean say no more than this many.
  private static final double EXTREME = 20;

  /// The value before, how far it departed from its first lag, and how far ahead the step is.
  private static final int ALWAYS = 3;

  /// A usual departure is at least this share of the scale, or rounding would be made much of.
  private static final double LEAST_LEAP = 0.05;

  public Window {
    lags = List.copyOf(lags);
    if (context < 1 || horizon < 1 || context > MOST_STEPS || horizon > MOST_STEPS) {
      throw new IllegalArgumentException(
          "context and horizon must be in [1, %d]: %d, %d".formatted(MOST_STEPS, context, horizon));
    }
    if (lags.isEmpty() || lags.size() > MOST_LAGS) {
      throw new IllegalArgumentException("needs 1 to " + MOST_LAGS + " lags: " + lags);
    }
    if (lags.stream().anyMatch(lag -> lag < 1 || lag > MOST_STEPS)) {
      throw new IllegalArgumentException("lags must be in [1, " + MOST_STEPS + "]: " + lags);
    }
    if (covariates < 0 || covariates > MOST_LAGS) {
      throw new IllegalArgumentException(
          "covariates must be in [0, %d]: %d".formatted(MOST_LAGS, covariates));
    }
  }

  /// A window's own measure: (value − center) / unit is what the network sees.
  ///
  /// @param leap the mean departure from the first lag within the context
  record Scale(double center, double unit, double leap) {
    double in(double value) {
      return (value - center) / unit;
    }

    double out(double scaled) {
      return center + unit * scaled;
    }
  }

  int inputs() {
    return ALWAYS + lags.size() + covariates;
  }

  int steps() {
    return context + horizon;
  }

  /// How many values before the origin it takes.
  public int history() {
    return context + Collections.max(lags);
  }

  /// The lag, lengthened to a multiple that ends before the origin.
  ///
  /// @param ahead 1 is the first step after the last known value; 0 and less are known
  private static int reach(int lag, int ahead) {
    return lag * Math.max(1, Math.ceilDiv(ahead, lag));
  }

  /// @param origin index of the first step ahead
  Scale scale(Series series, int origin) {
    int from = origin - history();
    double sum = 0;
    for (int i = from; i < origin; i++) {
      sum += series.at(i);
    }
    double center = sum / history();
    double off = 0;
    for (int i = from; i < origin; i++) {
      off += Math.abs(series.at(i) - center);
    }
    double unit = off / history();
    if (unit <= Math.abs(center) * 1e-9 + Double.MIN_NORMAL) {
      // A flat window has no unit of its own; any will do.
      return new Scale(center, 1, 1);
    }
    double leaps = 0;
    for (int i = origin - context; i < origin; i++) {
      leaps += Math.abs(departure(series, i));
    }
    return new Scale(center, unit, Math.max(leaps / context, LEAST_LEAP * unit));
  }

  private double departure(Series series, int at) {
    return series.at(at) - series.at(at - lags.getFirst());
  }

  /// What the forecast departs from, unscaled.
  ///
  /// @param ahead at least 1
  double base(Series series, int origin, int ahead) {
    return series.at(origin + ahead - 1 - reach(lags.getFirst(), ahead));
  }

  void fill(Series series, int origin, Scale scale, LstmPass pass, int row) {
    for (int t = 0; t < steps(); t++) {
      int now = origin - context + t;
      int ahead = t - context + 1;
      int at = pass.inputAt(t, row);
      int last = Math.min(now, origin) - 1;
      pass.inputs[at++] = held(scale.in(series.at(last)));
      // Of the value before the context it is not known.
      pass.inputs[at++] = t == 0 ? 0 : held(departure(series, last) / scale.leap());
      pass.inputs[at++] = ahead <= 0 ? 0 : (float) ahead / horizon;
      for (int lag : lags) {
        pass.inputs[at++] = held(scale.in(series.at(now - reach(lag, ahead))));
      }
      for (int c = 0; c < covariates; c++) {
        pass.inputs[at++] = (float) series.covariate(c, now);
      }
    }
  }

  private static float held(double scaled) {
    return (float) Math.clamp(scaled, -EXTREME, EXTREME);
  }

  void into(Packing out) {
    out.integer(context);
    out.integer(horizon);
    out.integer(covariates);
    out.doubles(lags.stream().mapToDouble(lag -> lag).toArray());
  }

  static Window from(Unpacking in) {
    int context = in.integer();
    int horizon = in.integer();
    int covariates = in.integer();
    var lags = Arrays.stream(in.doubles()).mapToObj(lag -> (int) lag).toList();
    return new Window(context, horizon, lags, covariates);
  }
}

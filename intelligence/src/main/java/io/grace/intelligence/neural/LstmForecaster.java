package io.grace.intelligence.neural;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.Arrays;
import java.util.List;

/// A trained network: forecasts any series of the kind that it was trained on. *Immutable,
/// thread-safe.*
public final class LstmForecaster {
  private static final int KIND = 0x4C53544D;
  private static final int VERSION = 1;

  private final Window window;
  private final List<Double> quantiles;
  private final LstmShape shape;
  private final float[] weights;

  LstmForecaster(Window window, List<Double> quantiles, int hidden, float[] weights) {
    this.window = window;
    this.quantiles = Pinball.checked(quantiles);
    this.shape = new LstmShape(window.inputs(), hidden, quantiles.size());
    if (weights.length != shape.weights()) {
      throw new IllegalArgumentException(
          "wanted %d weights: %d".formatted(shape.weights(), weights.length));
    }
    this.weights = weights.clone();
  }

  /// @param quantiles those of the plan, rising
  /// @param steps for each step ahead, the value at each quantile, rising too
  public record Forecast(List<Double> quantiles, double[][] steps) {
    /// The forecast as one number a step.
    public double[] median() {
      return at(0.5);
    }

    /// @throws IllegalArgumentException if it is none of the quantiles
    public double[] at(double quantile) {
      int which = quantiles.indexOf(quantile);
      if (which < 0) {
        throw new IllegalArgumentException("wanted one of " + quantiles + ": " + quantile);
      }
      return Arrays.stream(steps).mapToDouble(step -> step[which]).toArray();
    }
  }

  public Window window() {
    return window;
  }

  /// Of the steps after the last value.
  ///
  /// @param series at least [Window#history()] long; its covariates reach a horizon further
  /// @throws IllegalArgumentException if it is too short or its covariates are
  public Forecast forecast(Series series) {
    int origin = series.length();
    if (origin < window.history()) {
      throw new IllegalArgumentException("needs %d values: %d".formatted(window.history(), origin));
    }
    if (series.covariates() != window.covariates() || series.known() < origin + window.horizon()) {
      throw new IllegalArgumentException(
          "wanted %d covariates %d long: %d, %d long"
              .formatted(
                  window.covariates(),
                  origin + window.horizon(),
                  series.covariates(),
                  series.known()));
    }
    var pass = new LstmPass(shape, 1, window.steps(), window.context());
    var scale = window.scale(series, origin);
    window.fill(series, origin, scale, pass, 0);
    pass.forward(weights);
    var steps = new double[window.horizon()][quantiles.size()];
    for (int h = 0; h < steps.length; h++) {
      double base = scale.in(window.base(series, origin, h + 1));
      for (int q = 0; q < quantiles.size(); q++) {
        steps[h][q] = scale.out(base + pass.outputs[pass.outputAt(h, 0) + q]);
      }
      // Quantiles are learnt apart and may cross: sorting never makes them worse
      // (Chernozhukov et al., Quantile and Probability Curves Without Crossing, 2010).
      Arrays.sort(steps[h]);
    }
    return new Forecast(quantiles, steps);
  }

  public byte[] toBytes() {
    var out = new Packing(KIND, VERSION);
    window.into(out);
    out.doubles(quantiles.stream().mapToDouble(q -> q).toArray());
    out.integer(shape.hidden());
    out.floats(weights);
    return out.sealed();
  }

  /// @throws IllegalArgumentException if the bytes are not those of a forecaster, of a newer
  ///   version, or damaged
  public static LstmForecaster fromBytes(byte[] bytes) {
    var in = new Unpacking(bytes, KIND, VERSION);
    var window = Window.from(in);
    var quantiles = Arrays.stream(in.doubles()).boxed().toList();
    int hidden = in.integer();
    var forecaster = new LstmForecaster(window, quantiles, hidden, in.floats());
    in.end();
    return forecaster;
  }
}

package io.grace.intelligence.neural;

import java.util.List;

/// How a network is trained. *Immutable.*
///
/// @param window what it reads and forecasts
/// @param quantiles rising, within (0, 1), the median among them
/// @param hidden cells
/// @param epochs at most; the rate falls along half a cosine towards the last (Loshchilov & Hutter,
///   *SGDR*, 2017, section 3, without restarts)
/// @param patience stops after so many epochs without a better loss on the held-out tail
/// @param windows drawn an epoch
/// @param batch windows a step of the optimiser
/// @param rate of the first epoch
/// @param heldOut so many last values of each series are never learnt from; at least the horizon
/// @param seed of weights and drawn windows
public record TrainingPlan(
    Window window,
    List<Double> quantiles,
    int hidden,
    int epochs,
    int patience,
    int windows,
    int batch,
    double rate,
    int heldOut,
    long seed) {
  /// 10,000 epochs or windows by the million belong to another kind of machine.
  private static final int MOST_EPOCHS = 10_000;

  private static final int MOST_WINDOWS = 1_000_000;

  public TrainingPlan {
    quantiles = Pinball.checked(quantiles);
    requireIn("hidden", hidden, 1, 1_024);
    requireIn("epochs", epochs, 1, MOST_EPOCHS);
    requireIn("patience", patience, 1, MOST_EPOCHS);
    requireIn("windows", windows, 1, MOST_WINDOWS);
    requireIn("batch", batch, 1, windows);
    requireIn("heldOut", heldOut, window.horizon(), Integer.MAX_VALUE);
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException("rate must be in (0, 1): " + rate);
    }
  }

  private static void requireIn(String what, int found, int least, int most) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          "%s must be in [%d, %d]: %d".formatted(what, least, most, found));
    }
  }

  /// A net of 32 cells and five epochs of 2,000 windows: seconds on one thread.
  public static TrainingPlan small(Window window, int heldOut, long seed) {
    return new TrainingPlan(
        window, List.of(0.025, 0.1, 0.5, 0.9, 0.975), 32, 5, 5, 2_000, 32, 0.02, heldOut, seed);
  }

  LstmShape shape() {
    return new LstmShape(window.inputs(), hidden, quantiles.size());
  }

  /// @param done epochs before this one
  double rateAfter(int done) {
    // StrictMath: the same bits on every machine.
    return rate * (0.05 + 0.95 * 0.5 * (1 + StrictMath.cos(Math.PI * done / epochs)));
  }
}

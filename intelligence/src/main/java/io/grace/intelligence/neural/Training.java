package io.grace.intelligence.neural;

import io.grace.intelligence.neural.Origins.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Trains one network on all series of a kind at once, an epoch at a time, and can be laid down
/// after any of them: [#checkpoint()] holds weights, the optimiser's state and the epoch, and
/// chance is drawn anew for each epoch from seed and epoch, so a resumed training ends with the
/// same bits. *Owned by one thread.*
public final class Training {
  private static final double MOST_NORM = 1;

  /// Spreads neighbouring seeds and epochs (the golden ratio in 64 bits, as SplitMix64 does).
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final TrainingPlan plan;
  private final List<Series> series;
  private final Origins origins;
  private final LstmPass pass;
  private final float[] weights;
  private final Adam adam;
  private final float[] best;

  // What an epoch changes; owned by the thread that calls it.
  private int epochs;
  private int bestEpoch;
  private double bestLoss;

  private Training(TrainingPlan plan, List<Series> series, State state) {
    this.plan = plan;
    this.series = List.copyOf(series);
    this.origins = Origins.of(plan, series);
    Window window = plan.window();
    pass = new LstmPass(plan.shape(), plan.batch(), window.steps(), window.context());
    weights = state.weights();
    adam = state.adam();
    best = state.best();
    epochs = state.epochs();
    bestEpoch = state.bestEpoch();
    bestLoss = state.bestLoss();
  }

  /// What a checkpoint holds besides plan and series.
  record State(
      float[] weights, Adam adam, float[] best, int epochs, int bestEpoch, double bestLoss) {}

  /// @param series those too short for one window to learn from and one to hold out are passed over
  /// @throws IllegalArgumentException if all are, or covariates are missing
  public static Training start(TrainingPlan plan, List<Series> series) {
    float[] weights = plan.shape().start(plan.seed());
    var state = new State(weights, new Adam(weights.length), weights.clone(), 0, 0, 0);
    var training = new Training(plan, series, state);
    training.bestLoss = training.heldOutLoss();
    return training;
  }

  /// @param series those that the training was started with
  /// @throws IllegalArgumentException if the bytes are no checkpoint, damaged, or of other series
  public static Training resume(byte[] checkpoint, List<Series> series) {
    var read = Checkpoint.read(checkpoint, fingerprint(series));
    return new Training(read.plan(), series, read.state());
  }

  public byte[] checkpoint() {
    var state = new State(weights, adam, best, epochs, bestEpoch, bestLoss);
    return new Checkpoint(plan, state).toBytes(fingerprint(series));
  }

  private static int fingerprint(List<Series> series) {
    return Arrays.hashCode(series.stream().mapToInt(Series::fingerprint).toArray());
  }

  public int epochs() {
    return epochs;
  }

  /// Mean pinball loss of the best weights on the held-out tail, in deviations of the window.
  public double bestLoss() {
    return bestLoss;
  }

  /// The last epoch is done, or patience is out (Prechelt, *Early Stopping – But When?*, 1998).
  public boolean isDone() {
    return epochs >= plan.epochs() || epochs - bestEpoch >= plan.patience();
  }

  /// The network with the best weights so far.
  public LstmForecaster best() {
    return new LstmForecaster(plan.window(), plan.quantiles(), plan.hidden(), best);
  }

  /// @throws IllegalStateException if it is done
  public void epoch() {
    if (isDone()) {
      throw new IllegalStateException("training is done after " + epochs + " epochs");
    }
    var random = new SplittableRandom(plan.seed() * GOLDEN + epochs);
    double rate = plan.rateAfter(epochs);
    var gradient = new float[weights.length];
    var towards = new float[pass.outputs.length];
    var drawn = new ArrayList<Origin>();
    for (int done = 0; done < plan.windows(); done += plan.batch()) {
      drawn.clear();
      for (int i = 0; i < plan.batch(); i++) {
        drawn.add(origins.draw(random));
      }
      lossOf(drawn, towards);
      Arrays.fill(gradient, 0);
      pass.backward(weights, towards, gradient);
      adam.step(weights, gradient, rate, MOST_NORM);
    }
    epochs++;
    double loss = heldOutLoss();
    if (loss < bestLoss) {
      bestLoss = loss;
      bestEpoch = epochs;
      System.arraycopy(weights, 0, best, 0, best.length);
    }
  }

  private double heldOutLoss() {
    List<Origin> all = origins.heldOut();
    var towards = new float[pass.outputs.length];
    double sum = 0;
    for (int from = 0; from < all.size(); from += plan.batch()) {
      List<Origin> some = all.subList(from, Math.min(all.size(), from + plan.batch()));
      sum += lossOf(some, towards) * some.size();
    }
    return sum / all.size();
  }

  /// Runs the network over windows, at most a batch of them.
  ///
  /// @param towards takes the gradient of their mean loss by each output
  private double lossOf(List<Origin> windows, float[] towards) {
    Window window = plan.window();
    var scales = new Window.Scale[windows.size()];
    for (int w = 0; w < scales.length; w++) {
      Origin origin = windows.get(w);
      scales[w] = window.scale(origin.series(), origin.at());
      window.fill(origin.series(), origin.at(), scales[w], pass, w);
    }
    pass.forward(weights);
    int count = plan.quantiles().size();
    double terms = (double) scales.length * window.horizon() * count;
    double sum = 0;
    for (int h = 0; h < window.horizon(); h++) {
      for (int w = 0; w < scales.length; w++) {
        Origin origin = windows.get(w);
        double base = window.base(origin.series(), origin.at(), h + 1);
        double leap = (origin.series().at(origin.at() + h) - base) / scales[w].unit();
        int at = pass.outputAt(h, w);
        for (int q = 0; q < count; q++) {
          double quantile = plan.quantiles().get(q);
          double error = leap - pass.outputs[at + q];
          sum += Pinball.loss(quantile, error);
          towards[at + q] = (float) (Pinball.slope(quantile, error) / terms);
        }
      }
    }
    return sum / terms;
  }
}

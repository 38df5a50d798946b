package io.grace.intelligence.neural;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.Arrays;

/// A training that was laid down, as bytes and back.
record Checkpoint(TrainingPlan plan, Training.State state) {
  private static final int KIND = 0x4C53434B;
  private static final int VERSION = 1;

  /// @param series fingerprint of what it was trained on
  byte[] toBytes(int series) {
    var out = new Packing(KIND, VERSION);
    out.integer(series);
    plan.window().into(out);
    out.doubles(plan.quantiles().stream().mapToDouble(q -> q).toArray());
    out.integer(plan.hidden());
    out.integer(plan.epochs());
    out.integer(plan.patience());
    out.integer(plan.windows());
    out.integer(plan.batch());
    out.number(plan.rate());
    out.integer(plan.heldOut());
    out.wide(plan.seed());
    out.floats(state.weights());
    out.floats(state.adam().first);
    out.floats(state.adam().second);
    out.number(state.adam().power1);
    out.number(state.adam().power2);
    out.floats(state.best());
    out.integer(state.epochs());
    out.integer(state.bestEpoch());
    out.number(state.bestLoss());
    return out.sealed();
  }

  /// @throws IllegalArgumentException if the bytes are no checkpoint, or of other series
  static Checkpoint read(byte[] bytes, int series) {
    var in = new Unpacking(bytes, KIND, VERSION);
    int trainedOn = in.integer();
    if (trainedOn != series) {
      throw new IllegalArgumentException(
          "wanted the series it was started with, %x: %x".formatted(trainedOn, series));
    }
    var plan =
        new TrainingPlan(
            Window.from(in),
            Arrays.stream(in.doubles()).boxed().toList(),
            in.integer(),
            in.integer(),
            in.integer(),
            in.integer(),
            in.integer(),
            in.number(),
            in.integer(),
            in.wide());
    int count = plan.shape().weights();
    float[] weights = sized(in.floats(), count);
    var adam =
        new Adam(sized(in.floats(), count), sized(in.floats(), count), in.number(), in.number());
    float[] best = sized(in.floats(), count);
    var state = new Training.State(weights, adam, best, in.integer(), in.integer(), in.number());
    in.end();
    return new Checkpoint(plan, state);
  }

  private static float[] sized(float[] found, int wanted) {
    if (found.length != wanted) {
      throw new IllegalArgumentException("wanted %d weights: %d".formatted(wanted, found.length));
    }
    return found;
  }
}

package io.grace.intelligence.neural;

import java.util.SplittableRandom;

/// How large a network is, and where in one array of weights each of its groups lies. *Immutable.*
///
/// The groups, row after row: inputs → gates, hidden → gates, the gates' bias, hidden → outputs,
/// inputs → outputs past the LSTM, the outputs' bias. Gates lie in the order input, forget, output,
/// candidate.
///
/// @param inputs numbers a step
/// @param hidden cells
/// @param outputs numbers a step
record LstmShape(int inputs, int hidden, int outputs) {
  /// Far more than a metric needs; a wrong file must not make GRACE ask for gigabytes.
  private static final int MOST = 1_024;

  static final int GATES = 4;

  LstmShape {
    for (int size : new int[] {inputs, hidden, outputs}) {
      if (size < 1 || size > MOST) {
        throw new IllegalArgumentException(
            "inputs, hidden and outputs must be in [1, %d]: %d, %d, %d"
                .formatted(MOST, inputs, hidden, outputs));
      }
    }
  }

  int gates() {
    return GATES * hidden;
  }

  int recurrentAt() {
    return inputs * gates();
  }

  int biasAt() {
    return recurrentAt() + hidden * gates();
  }

  int headAt() {
    return biasAt() + gates();
  }

  int pastAt() {
    return headAt() + hidden * outputs;
  }

  int headBiasAt() {
    return pastAt() + inputs * outputs;
  }

  int weights() {
    return headBiasAt() + outputs;
  }

  /// Weights to start from: evenly drawn within ±√(3 / fan-in) for the gates (Glorot & Bengio
  /// 2010), forget gates open by a bias of 1 (Jozefowicz et al., *An Empirical Exploration of
  /// Recurrent Network Architectures*, 2015), and a head of zeros, so that the network begins as
  /// the forecast that it departs from.
  float[] start(long seed) {
    var random = new SplittableRandom(seed);
    var weights = new float[weights()];
    double bound = Math.sqrt(3.0 / (inputs + hidden));
    for (int i = 0; i < biasAt(); i++) {
      weights[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    for (int i = hidden; i < 2 * hidden; i++) {
      weights[biasAt() + i] = 1;
    }
    return weights;
  }
}

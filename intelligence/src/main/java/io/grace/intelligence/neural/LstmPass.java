package io.grace.intelligence.neural;

import io.grace.intelligence.neural.Products.View;
import java.util.Arrays;

/// One way forward and back through an LSTM (Hochreiter & Schmidhuber, *Long Short-Term Memory*,
/// 1997, with the forget gate of Gers et al. 2000) for a batch of windows, and the room it needs.
/// Outputs are read from the last steps alone; backward is full backpropagation through time.
/// *Owned by one thread.*
///
/// All arrays are step-major: number k of window w at step t lies at `(t * batch + w) * width + k`,
/// so the inputs of all steps are one matrix, and their product with the weights is one product.
final class LstmPass {
  private final LstmShape shape;
  private final int batch;
  private final int steps;
  private final int silent;

  /// Filled by the caller before forward; steps × batch × inputs.
  final float[] inputs;

  /// The answer; (steps − silent) × batch × outputs.
  final float[] outputs;

  /// Activations of the gates; backward turns them into gradients in place.
  private final float[] gates;

  /// One step longer than the rest: the first is the state before the first step, zeros.
  private final float[] cells;

  private final float[] hiddens;
  private final float[] squashed;
  private final float[] towardsHidden;
  private final float[] towardsCell;

  /// @param silent so many steps at the start have no output
  LstmPass(LstmShape shape, int batch, int steps, int silent) {
    this.shape = shape;
    this.batch = batch;
    this.steps = steps;
    this.silent = silent;
    int states = batch * shape.hidden();
    inputs = new float[steps * batch * shape.inputs()];
    outputs = new float[(steps - silent) * batch * shape.outputs()];
    gates = new float[steps * batch * shape.gates()];
    cells = new float[(steps + 1) * states];
    hiddens = new float[(steps + 1) * states];
    squashed = new float[steps * states];
    towardsHidden = new float[states];
    towardsCell = new float[states];
  }

  int batch() {
    return batch;
  }

  /// Where the inputs of a window begin at a step.
  int inputAt(int step, int window) {
    return (step * batch + window) * shape.inputs();
  }

  /// Where the outputs of a window begin so many steps after the silent ones.
  int outputAt(int step, int window) {
    return (step * batch + window) * shape.outputs();
  }

  void forward(float[] weights) {
    int width = shape.gates();
    fillRows(gates, steps * batch, weights, shape.biasAt(), width);
    Products.add(
        View.of(inputs, 0, shape.inputs()),
        weights,
        0,
        gates,
        0,
        steps * batch,
        shape.inputs(),
        width);
    for (int t = 0; t < steps; t++) {
      Products.add(
          View.of(hiddens, t * batch * shape.hidden(), shape.hidden()),
          weights,
          shape.recurrentAt(),
          gates,
          t * batch * width,
          batch,
          shape.hidden(),
          width);
      advance(t);
    }
    readOut(weights);
  }

  private void advance(int t) {
    int size = shape.hidden();
    for (int w = 0; w < batch; w++) {
      int row = t * batch + w;
      int gate = row * shape.gates();
      Squash.sigmoid(gates, gate, gate + 3 * size);
      Squash.tanh(gates, gate + 3 * size, gate + 4 * size);
      int before = row * size;
      int after = before + batch * size;
      for (int j = 0; j < size; j++) {
        cells[after + j] =
            gates[gate + size + j] * cells[before + j]
                + gates[gate + j] * gates[gate + 3 * size + j];
      }
      for (int j = 0; j < size; j++) {
        squashed[before + j] = Squash.tanh(cells[after + j]);
      }
      for (int j = 0; j < size; j++) {
        hiddens[after + j] = gates[gate + 2 * size + j] * squashed[before + j];
      }
    }
  }

  private void readOut(float[] weights) {
    int rows = (steps - silent) * batch;
    int width = shape.outputs();
    fillRows(outputs, rows, weights, shape.headBiasAt(), width);
    Products.add(speaking(), weights, shape.headAt(), outputs, 0, rows, shape.hidden(), width);
    Products.add(spoken(), weights, shape.pastAt(), outputs, 0, rows, shape.inputs(), width);
  }

  /// The hidden states that outputs are read from.
  private View speaking() {
    return View.of(hiddens, (silent + 1) * batch * shape.hidden(), shape.hidden());
  }

  /// The inputs of the steps that have outputs.
  private View spoken() {
    return View.of(inputs, silent * batch * shape.inputs(), shape.inputs());
  }

  private static void fillRows(float[] to, int rows, float[] from, int at, int width) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, at, to, i * width, width);
    }
  }

  /// Adds to the gradient of the weights. Once for each forward: it uses up what forward left.
  ///
  /// @param towards the gradient of the loss by each of [#outputs]
  void backward(float[] weights, float[] towards, float[] gradient) {
    int rows = (steps - silent) * batch;
    int width = shape.outputs();
    Products.add(
        speaking().turned(), towards, 0, gradient, shape.headAt(), shape.hidden(), rows, width);
    Products.add(
        spoken().turned(), towards, 0, gradient, shape.pastAt(), shape.inputs(), rows, width);
    addRows(towards, rows, width, gradient, shape.headBiasAt());
    throughTime(weights, towards);
    gatesInto(gradient);
  }

  private void throughTime(float[] weights, float[] towards) {
    int size = shape.hidden();
    int width = shape.gates();
    float[] head = transposed(weights, shape.headAt(), size, shape.outputs());
    float[] recurrent = transposed(weights, shape.recurrentAt(), size, width);
    Arrays.fill(towardsHidden, 0);
    Arrays.fill(towardsCell, 0);
    for (int t = steps - 1; t >= 0; t--) {
      if (t >= silent) {
        View said = View.of(towards, outputAt(t - silent, 0), shape.outputs());
        Products.add(said, head, 0, towardsHidden, 0, batch, shape.outputs(), size);
      }
      retreat(t);
      Arrays.fill(towardsHidden, 0);
      View gate = View.of(gates, t * batch * width, width);
      Products.add(gate, recurrent, 0, towardsHidden, 0, batch, width, size);
    }
  }

  private static float[] transposed(float[] weights, int at, int rows, int columns) {
    var turned = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = weights[at + i * columns + j];
      }
    }
    return turned;
  }

  /// From the gradient by a step's hidden state and cell to those by its gates and by the cell
  /// before it.
  private void retreat(int t) {
    int size = shape.hidden();
    for (int w = 0; w < batch; w++) {
      int state = w * size;
      int before = (t * batch + w) * size;
      int in = (t * batch + w) * shape.gates();
      int forget = in + size;
      int out = forget + size;
      int fresh = out + size;
      for (int j = 0; j < size; j++) {
        float s = squashed[before + j];
        float o = gates[out + j];
        towardsCell[state + j] += towardsHidden[state + j] * o * (1 - s * s);
        gates[out + j] = towardsHidden[state + j] * s * o * (1 - o);
      }
      for (int j = 0; j < size; j++) {
        float f = gates[forget + j];
        float dc = towardsCell[state + j];
        gates[forget + j] = dc * cells[before + j] * f * (1 - f);
        towardsCell[state + j] = dc * f;
        float i = gates[in + j];
        float g = gates[fresh + j];
        gates[in + j] = dc * g * i * (1 - i);
        gates[fresh + j] = dc * i * (1 - g * g);
      }
    }
  }

  private void gatesInto(float[] gradient) {
    int rows = steps * batch;
    int width = shape.gates();
    View read = View.of(inputs, 0, shape.inputs()).turned();
    Products.add(read, gates, 0, gradient, 0, shape.inputs(), rows, width);
    View before = View.of(hiddens, 0, shape.hidden()).turned();
    Products.add(before, gates, 0, gradient, shape.recurrentAt(), shape.hidden(), rows, width);
    addRows(gates, rows, width, gradient, shape.biasAt());
  }

  private static void addRows(float[] from, int rows, int width, float[] to, int at) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        to[at + j] += from[i * width + j];
      }
    }
  }
}

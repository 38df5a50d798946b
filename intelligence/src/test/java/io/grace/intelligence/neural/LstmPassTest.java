package io.grace.intelligence.neural;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.neural.Products.View;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The arithmetic of the network against definitions and against numeric gradients.
class LstmPassTest {
  private static final LstmShape SHAPE = new LstmShape(3, 5, 2);
  private static final int BATCH = 3;
  private static final int STEPS = 7;
  private static final int SILENT = 3;

  @Test
  void productIsTheSumThatItsDefinitionSays() {
    int rows = 5;
    int inner = 150;
    int columns = 7;
    float[] a = numbers(rows * inner, 1);
    float[] b = numbers(inner * columns, 2);
    float[] c = numbers(rows * columns, 3);
    float[] wanted = c.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = c[i * columns + j];
        for (int k = 0; k < inner; k++) {
          sum += (double) a[i * inner + k] * b[k * columns + j];
        }
        wanted[i * columns + j] = (float) sum;
      }
    }

    Products.add(View.of(a, 0, inner), b, 0, c, 0, rows, inner, columns);

    assertArrayEquals(wanted, c, 1e-4f);
  }

  @Test
  void productWithATurnedMatrixIsThatWithItsTranspose() {
    int rows = 4;
    int inner = 19;
    int columns = 3;
    float[] a = numbers(inner * rows, 1);
    float[] turned = new float[rows * inner];
    for (int k = 0; k < inner; k++) {
      for (int i = 0; i < rows; i++) {
        turned[i * inner + k] = a[k * rows + i];
      }
    }
    float[] b = numbers(inner * columns, 2);
    float[] straight = new float[rows * columns];
    float[] other = new float[rows * columns];

    Products.add(View.of(turned, 0, inner), b, 0, straight, 0, rows, inner, columns);
    Products.add(View.of(a, 0, rows).turned(), b, 0, other, 0, rows, inner, columns);

    assertArrayEquals(straight, other);
  }

  @Test
  void squashingIsRightToTwoInAHundredThousand() {
    float[] tanh = new float[4_001];
    for (int i = 0; i < tanh.length; i++) {
      tanh[i] = (i - 2_000) / 100f;
    }
    float[] sigmoid = tanh.clone();

    Squash.tanh(tanh, 0, tanh.length);
    Squash.sigmoid(sigmoid, 0, sigmoid.length);

    for (int i = 0; i < tanh.length; i++) {
      double x = (i - 2_000) / 100.0;
      assertEquals(Math.tanh(x), tanh[i], 2e-5, "tanh " + x);
      assertEquals(1 / (1 + Math.exp(-x)), sigmoid[i], 2e-5, "sigmoid " + x);
    }
  }

  @Test
  void outputsAreThoseOfTheEquationsOfAnLstm() {
    float[] weights = numbers(SHAPE.weights(), 4);
    LstmPass pass = filled();

    pass.forward(weights);

    for (int w = 0; w < BATCH; w++) {
      double[][] wanted = byTheBook(weights, pass, w);
      for (int h = 0; h < STEPS - SILENT; h++) {
        for (int q = 0; q < SHAPE.outputs(); q++) {
          assertEquals(wanted[h][q], pass.outputs[pass.outputAt(h, w) + q], 2e-4);
        }
      }
    }
  }

  @Test
  void gradientOfTheGatesByInputsIsTheNumericOne() {
    assertGradient(0, SHAPE.recurrentAt());
  }

  @Test
  void gradientOfTheGatesByTheHiddenStateIsTheNumericOne() {
    assertGradient(SHAPE.recurrentAt(), SHAPE.biasAt());
  }

  @Test
  void gradientOfTheBiasOfTheGatesIsTheNumericOne() {
    assertGradient(SHAPE.biasAt(), SHAPE.headAt());
  }

  @Test
  void gradientOfTheHeadIsTheNumericOne() {
    assertGradient(SHAPE.headAt(), SHAPE.pastAt());
  }

  @Test
  void gradientOfTheWayPastTheLstmIsTheNumericOne() {
    assertGradient(SHAPE.pastAt(), SHAPE.headBiasAt());
  }

  @Test
  void gradientOfTheBiasOfTheHeadIsTheNumericOne() {
    assertGradient(SHAPE.headBiasAt(), SHAPE.weights());
  }

  @Test
  void slopeOfThePinballIsTheNumericOne() {
    double step = 1e-4;
    for (double quantile : new double[] {0.1, 0.5, 0.9}) {
      for (double error : new double[] {-2, -0.3, 0.2, 5}) {
        double numeric =
            (Pinball.loss(quantile, error - step) - Pinball.loss(quantile, error + step))
                / (2 * step);

        assertEquals(numeric, Pinball.slope(quantile, error), 1e-8);
      }
    }
  }

  /// The loss is a fixed mix of all outputs, so that it has no kinks; each weight of the group is
  /// moved by itself, and the whole vector of slopes must agree to half a percent, which is what
  /// floats allow.
  private static void assertGradient(int from, int to) {
    float[] weights = numbers(SHAPE.weights(), 4);
    LstmPass pass = filled();
    float[] mix = numbers(pass.outputs.length, 6);
    float[] gradient = new float[SHAPE.weights()];
    pass.forward(weights);
    pass.backward(weights, mix, gradient);

    double off = 0;
    double all = 0;
    float step = 1 / 128f;
    for (int i = from; i < to; i++) {
      float kept = weights[i];
      weights[i] = kept + step;
      double above = mixed(pass, weights, mix);
      weights[i] = kept - step;
      double below = mixed(pass, weights, mix);
      weights[i] = kept;
      double numeric = (above - below) / (2 * step);
      off += (numeric - gradient[i]) * (numeric - gradient[i]);
      all += numeric * numeric;
    }

    assertTrue(all > 0, "the group moves nothing");
    assertTrue(Math.sqrt(off / all) < 5e-3, "relative error " + Math.sqrt(off / all));
  }

  private static double mixed(LstmPass pass, float[] weights, float[] mix) {
    pass.forward(weights);
    double sum = 0;
    for (int i = 0; i < mix.length; i++) {
      sum += (double) mix[i] * pass.outputs[i];
    }
    return sum;
  }

  private static LstmPass filled() {
    var pass = new LstmPass(SHAPE, BATCH, STEPS, SILENT);
    float[] inputs = numbers(pass.inputs.length, 5);
    System.arraycopy(inputs, 0, pass.inputs, 0, inputs.length);
    return pass;
  }

  /// One window, one cell at a time, in doubles.
  private static double[][] byTheBook(float[] weights, LstmPass pass, int w) {
    int size = SHAPE.hidden();
    var hidden = new double[size];
    var cell = new double[size];
    var outputs = new double[STEPS - SILENT][SHAPE.outputs()];
    for (int t = 0; t < STEPS; t++) {
      var sums = new double[SHAPE.gates()];
      for (int g = 0; g < sums.length; g++) {
        sums[g] = weights[SHAPE.biasAt() + g];
        for (int i = 0; i < SHAPE.inputs(); i++) {
          sums[g] += pass.inputs[pass.inputAt(t, w) + i] * weights[i * SHAPE.gates() + g];
        }
        for (int j = 0; j < size; j++) {
          sums[g] += hidden[j] * weights[SHAPE.recurrentAt() + j * SHAPE.gates() + g];
        }
      }
      for (int j = 0; j < size; j++) {
        double in = 1 / (1 + Math.exp(-sums[j]));
        double forget = 1 / (1 + Math.exp(-sums[size + j]));
        double out = 1 / (1 + Math.exp(-sums[2 * size + j]));
        cell[j] = forget * cell[j] + in * Math.tanh(sums[3 * size + j]);
        hidden[j] = out * Math.tanh(cell[j]);
      }
      for (int q = 0; q < SHAPE.outputs() && t >= SILENT; q++) {
        double sum = weights[SHAPE.headBiasAt() + q];
        for (int j = 0; j < size; j++) {
          sum += hidden[j] * weights[SHAPE.headAt() + j * SHAPE.outputs() + q];
        }
        for (int i = 0; i < SHAPE.inputs(); i++) {
          sum +=
              pass.inputs[pass.inputAt(t, w) + i]
                  * weights[SHAPE.pastAt() + i * SHAPE.outputs() + q];
        }
        outputs[t - SILENT][q] = sum;
      }
    }
    return outputs;
  }

  /// Within ±1.
  private static float[] numbers(int count, long seed) {
    var random = new SplittableRandom(seed);
    var numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (2 * random.nextDouble() - 1);
    }
    return numbers;
  }
}

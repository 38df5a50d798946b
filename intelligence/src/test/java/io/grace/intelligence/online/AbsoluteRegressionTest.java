package io.grace.intelligence.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AbsoluteRegressionTest {
  private final AbsoluteRegression regression = new AbsoluteRegression(3);
  private final float[] state = new float[AbsoluteRegression.size(3)];

  @Test
  void weightsAreFound() {
    var random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      double[] features = {random.nextGaussian(), random.nextGaussian(), 1};
      learn(features, 2 * features[0] - features[1] + 3, 1, i);
    }

    assertEquals(2, weight(0), 0.05);
    assertEquals(-1, weight(1), 0.05);
    assertEquals(3, weight(2), 0.05);
  }

  @Test
  void spikesDoNotRuleIt() {
    var random = new Random(2);
    for (int i = 0; i < 2_000; i++) {
      double spike = random.nextInt(10) == 0 ? 1_000 : 0;
      learn(new double[] {0, 0, 1}, 5 + random.nextGaussian() + spike, 1, i);
    }

    // The mean is 105.
    assertEquals(5, weight(2), 1);
  }

  @Test
  void featureThatNeverMovedGetsNoWeight() {
    for (int i = 0; i < 100; i++) {
      learn(new double[] {0, 1, 1}, 4, 1, i);
    }

    assertEquals(0, weight(0));
    assertTrue(Math.abs(weight(1) + weight(2) - 4) < 0.1);
  }

  private void learn(double[] features, double target, double meanError, int seen) {
    double error = target - regression.forecast(state, 0, features);
    regression.learn(state, 0, features, target, error, meanError, seen);
  }

  private double weight(int of) {
    double[] unit = new double[3];
    unit[of] = 1;
    return regression.forecast(state, 0, unit);
  }
}

package io.grace.intelligence.ope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OffPolicyTest {
  /// Two arms in two contexts; the log draws arms with known propensities.
  private record World(double[] weights, double[] rewards, double[] model, double[] direct) {}

  private static final double[][] CHANCE = {{0.2, 0.8}, {0.7, 0.4}};

  /// The target takes the better arm in both contexts: (0.8 + 0.7) / 2.
  private static final double TRUTH = 0.75;

  @Test
  void allThreeFindTheTruthFromAnotherPolicysLog() {
    var evaluation = evaluate(world(20_000, 1, 0), 1);

    assertEquals(TRUTH, evaluation.ips().value(), 0.02);
    assertEquals(TRUTH, evaluation.snips().value(), 0.02);
    assertEquals(TRUTH, evaluation.doublyRobust().value(), 0.02);
    assertEquals(0.525, evaluation.logged().value(), 0.02);
  }

  @Test
  void doublyRobustIsRightWithAWrongModel() {
    var evaluation = evaluate(world(20_000, 2, 0.4), 1);

    assertEquals(TRUTH, evaluation.doublyRobust().value(), 0.02);
  }

  @Test
  void intervalsHoldTheTruthAsOftenAsTheySay() {
    int inside = 0;
    int rounds = 200;
    for (int seed = 0; seed < rounds; seed++) {
      var interval = evaluate(world(300, seed, 0), seed).doublyRobust();
      inside += interval.low() <= TRUTH && TRUTH <= interval.high() ? 1 : 0;
    }
    assertTrue(inside >= 0.90 * rounds && inside <= 0.99 * rounds, "inside " + inside);
  }

  @Test
  void sameInputGivesTheSameResult() {
    assertEquals(evaluate(world(500, 3, 0), 9), evaluate(world(500, 3, 0), 9));
  }

  @Test
  void effectiveSampleSizeIsOfThoseThatAgree() {
    double[] ones = {1, 1, 1, 1};
    double[] half = {0.5, 0.5, 0.5, 0.5};

    assertEquals(4, OffPolicy.evaluate(ones, half, half, half, 1).effective(), 1e-12);
    assertEquals(
        1, OffPolicy.evaluate(new double[] {0, 0, 7, 0}, half, half, half, 1).effective(), 1e-12);
    assertEquals(0, OffPolicy.evaluate(new double[4], half, half, half, 1).effective(), 1e-12);
  }

  @Test
  void arraysOfDifferentLengthAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> OffPolicy.evaluate(new double[2], new double[1], new double[2], new double[2], 1));
  }

  private static OffPolicy.Evaluation evaluate(World w, long seed) {
    return OffPolicy.evaluate(w.weights(), w.rewards(), w.model(), w.direct(), seed);
  }

  private static World world(int n, long seed, double bias) {
    var random = new Random(seed);
    var w = new World(new double[n], new double[n], new double[n], new double[n]);
    for (int i = 0; i < n; i++) {
      int context = random.nextInt(2);
      int arm = random.nextDouble() < 0.5 ? 0 : 1;
      int best = context == 0 ? 1 : 0;
      w.weights()[i] = arm == best ? 2 : 0;
      w.rewards()[i] = random.nextDouble() < CHANCE[context][arm] ? 1 : 0;
      w.model()[i] = Math.clamp(CHANCE[context][arm] + bias, 0.0, 1.0);
      w.direct()[i] = Math.clamp(CHANCE[context][best] + bias, 0.0, 1.0);
    }
    return w;
  }
}

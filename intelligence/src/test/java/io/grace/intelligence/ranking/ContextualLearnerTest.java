package io.grace.intelligence.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.ranking.ContextualLearner.Rule;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContextualLearnerTest {
  /// Arm 0 is worth more where the first input is positive.
  private static double reward(double[] context, int arm, Random random) {
    return (arm == 0 ? context[0] : -context[0]) + 0.5 * random.nextGaussian();
  }

  private static double[] context(Random random, double unit) {
    return new double[] {random.nextGaussian(), unit * random.nextGaussian(), random.nextInt(2)};
  }

  /// @return the arms that were chosen
  private static int[] run(ContextualLearner learner, int rounds, double unit, long seed) {
    var random = new Random(seed);
    var arms = new int[rounds];
    for (int n = 0; n < rounds; n++) {
      double[] context = context(random, unit);
      arms[n] = learner.choose(context).arm();
      learner.learn(context, arms[n], reward(context, arms[n], random));
    }
    return arms;
  }

  @Test
  void learnsWhichArmIsBestInWhichContext() {
    for (Rule rule : Rule.values()) {
      var learner = new ContextualLearner(3, 2, rule, 1);
      run(learner, 300, 1, 2);
      int right = 0;
      for (int n = 0; n < 100; n++) {
        double[] context = {n % 2 == 0 ? 1 : -1, 0, 1};
        right += learner.choose(context).arm() == n % 2 ? 1 : 0;
      }

      assertTrue(right >= 95, rule + ": right in " + right + " of 100");
    }
  }

  @Test
  void unitOfAnInputDoesNotMatter() {
    int[] one = run(new ContextualLearner(3, 2, Rule.THOMPSON, 1), 200, 1, 2);
    int[] thousand = run(new ContextualLearner(3, 2, Rule.THOMPSON, 1), 200, 1024, 2);

    assertArrayEquals(one, thousand);
  }

  @Test
  void propensitiesSumToOneAndNothingElseIsChosen() {
    var learner = new ContextualLearner(3, 5, Rule.INFORMED, 1);
    var random = new Random(3);
    for (int n = 0; n < 200; n++) {
      double[] context = context(random, 1);
      var choice = learner.choose(context);
      learner.learn(context, choice.arm(), reward(context, choice.arm(), random));

      assertEquals(1, Arrays.stream(choice.propensities()).sum(), 1e-9);
      assertTrue(choice.propensities()[choice.arm()] > 0);
    }
  }

  @Test
  void rewardMayComeLateOrNever() {
    var learner = new ContextualLearner(1, 2, Rule.INFORMED, 1);
    for (int n = 0; n < 50; n++) {
      learner.choose(new double[] {n});
    }

    learner.learn(new double[] {3}, 1, 2.5);

    assertEquals(1, Arrays.stream(learner.choose(new double[] {1}).propensities()).sum(), 1e-9);
  }

  @Test
  void goesOnFromItsBytesAsIfNothingHadHappened() {
    var learner = new ContextualLearner(3, 2, Rule.THOMPSON, 1);
    run(learner, 100, 1, 2);

    var moved = ContextualLearner.of(learner.bytes());

    assertArrayEquals(run(learner, 100, 1, 5), run(moved, 100, 1, 5));
    assertArrayEquals(learner.bytes(), moved.bytes());
  }

  @Test
  void refusesDamagedBytesAndWrongShapes() {
    var learner = new ContextualLearner(3, 2, Rule.THOMPSON, 1);
    byte[] bytes = learner.bytes();
    bytes[20]++;

    assertThrows(IllegalArgumentException.class, () -> ContextualLearner.of(bytes));
    assertThrows(IllegalArgumentException.class, () -> learner.choose(new double[2]));
    assertThrows(IllegalArgumentException.class, () -> learner.learn(new double[3], 2, 1));
    assertThrows(
        IllegalArgumentException.class, () -> learner.choose(new double[] {1, Double.NaN, 1}));
  }
}

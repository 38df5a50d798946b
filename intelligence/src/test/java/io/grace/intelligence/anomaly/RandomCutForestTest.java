package io.grace.intelligence.anomaly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomCutForestTest {
  @Test
  void isolatedPointIsPartedFromNearlyAllTheOthers() {
    RandomCutForest forest = new RandomCutForest(30, 64, 1, 1);
    Random random = new Random(2);
    double usual = 0;
    for (int i = 0; i < 1000; i++) {
      double score = forest.learn(random.nextGaussian());
      usual = i < 200 ? 0 : Math.max(usual, score);
    }

    double isolated = forest.learn(40);

    assertTrue(isolated > 0.8 * 64, "isolated " + isolated);
    assertTrue(isolated > usual, "usual " + usual);
  }

  @Test
  void shingleFindsAShapeWhoseValuesAreAllUsual() {
    RandomCutForest forest = new RandomCutForest(30, 128, 8, 3);
    double[] scores = new double[1000];
    for (int i = 0; i < scores.length; i++) {
      boolean isStill = i >= 900 && i < 908;
      scores[i] = forest.learn(isStill ? 0 : Math.sin(2 * Math.PI * i / 20));
    }

    double usual = Arrays.stream(scores, 500, 900).max().orElseThrow();
    double still = Arrays.stream(scores, 900, 908).max().orElseThrow();

    assertTrue(still > usual, "usual " + usual + ", still " + still);
  }

  @Test
  void pointsThatAreAllTheSameTakeOneLeaf() {
    RandomCutForest forest = new RandomCutForest(5, 16, 2, 4);

    for (int i = 0; i < 500; i++) {
      assertEquals(0, forest.learn(7));
    }

    assertTrue(forest.learn(8) > 15, "a change parts all");
  }

  @Test
  void sameSeedGivesTheSameScoresAndAnotherSeedOthers() {
    assertArrayEquals(scores(5), scores(5));
    assertTrue(!Arrays.equals(scores(5), scores(6)));
  }

  @Test
  void savedForestGoesOnBitForBit() {
    Random random = new Random(7);
    RandomCutForest forest = new RandomCutForest(10, 32, 4, 8);
    for (int i = 0; i < 500; i++) {
      forest.learn(random.nextInt(10));
    }
    RandomCutForest other = new RandomCutForest(10, 32, 4, 99);

    other.load(forest.save());

    for (int i = 0; i < 500; i++) {
      double value = random.nextInt(10);
      assertEquals(forest.learn(value), other.learn(value));
    }
    assertArrayEquals(forest.save(), other.save());
  }

  @Test
  void stateOfAnotherShapeIsRefused() {
    byte[] state = new RandomCutForest(2, 8, 4, 1).save();

    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> new RandomCutForest(3, 8, 4, 1).load(state));

    assertEquals("state must hold an integer in 3 … 3: 2", refused.getMessage());
  }

  @Test
  void stateWhoseTreeGoesRoundInCirclesIsRefused() {
    RandomCutForest forest = new RandomCutForest(1, 4, 1, 1);
    for (int i = 0; i < 20; i++) {
      forest.learn(i);
    }
    byte[] state = forest.save();
    int refused = 0;
    for (int i = 0; i < state.length; i += Integer.BYTES) {
      byte[] broken = state.clone();
      broken[i + 3] ^= 1;
      try {
        new RandomCutForest(1, 4, 1, 1).load(broken);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }

    assertTrue(refused > 20, "refused " + refused);
  }

  private static double[] scores(long seed) {
    RandomCutForest forest = new RandomCutForest(5, 32, 2, seed);
    Random random = new Random(1);
    return random.doubles(300).map(forest::learn).toArray();
  }
}

package io.grace.intelligence.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChoosingTest {
  private static final double[] MEAN = {0.5, 0.6, 0.3, 0.55};
  private static final double[] DEVIATION = {0.2, 0.05, 0.3, 0.1};

  @Test
  void thompsonIsHowOftenEachIsTheBest() {
    var random = new Random(4);
    int rounds = 400_000;
    var frequency = new double[MEAN.length];
    for (int n = 0; n < rounds; n++) {
      int best = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < MEAN.length; i++) {
        double drawn = MEAN[i] + DEVIATION[i] * random.nextGaussian();
        if (drawn > most) {
          most = drawn;
          best = i;
        }
      }
      frequency[best] += 1.0 / rounds;
    }

    assertArrayEquals(frequency, Choosing.thompson(MEAN, DEVIATION), 0.004);
  }

  @Test
  void propensitiesSumToOne() {
    assertEquals(1, Arrays.stream(Choosing.informed(MEAN, DEVIATION)).sum(), 1e-12);
    assertEquals(1, Arrays.stream(Choosing.thompson(MEAN, DEVIATION)).sum(), 1e-12);
  }

  @Test
  void knowledgeThatChangesNoChoiceIsNotPaidFor() {
    double[] chosen = Choosing.informed(new double[] {0.9, 0.1}, new double[] {0.01, 0.1});

    assertArrayEquals(new double[] {1, 0}, chosen, 1e-9);
  }

  @Test
  void ofTwoThatSeemAlikeTheLessKnownIsChosen() {
    double[] chosen = Choosing.informed(new double[] {0.5, 0.5}, new double[] {0.001, 0.2});

    assertEquals(1, chosen[1], 0.02);
  }

  @Test
  void whatIsKnownExactlyIsNoTrouble() {
    double[] chosen = Choosing.informed(new double[] {0.5, 0.7, 0.7}, new double[3]);

    assertEquals(1, chosen[1] + chosen[2], 1e-9);
  }
}

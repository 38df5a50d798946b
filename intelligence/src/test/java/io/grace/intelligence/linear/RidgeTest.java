package io.grace.intelligence.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeTest {
  @Test
  void factorSolvesWhatItFactored() {
    var factor = Cholesky.of(new double[] {4, 0, 2, 5}, 2);

    // 4x + 2y = 8 and 2x + 5y = 12.
    assertArrayEquals(new double[] {1, 2}, factor.solve(new double[] {8, 12}), 1e-12);
  }

  @Test
  void matrixThatIsNotPositiveDefiniteIsRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> Cholesky.of(new double[] {1, 0, 2, 1}, 2));

    assertEquals("matrix must be positive definite: pivot 1 is -3.0", e.getMessage());
  }

  @Test
  void coefficientsAreRecoveredWithoutPenalty() {
    var random = new Random(1);
    var ridge = new Ridge(3, 1);
    for (int i = 0; i < 100; i++) {
      double[] x = {random.nextGaussian(), random.nextGaussian(), 1};
      ridge.add(x, 2 * x[0] - 3 * x[1] + 5, 1 + random.nextDouble());
    }

    double[] b = ridge.solve(new double[] {1e-9, 1e-9, 1e-9});

    assertArrayEquals(new double[] {2, -3, 5}, b, 1e-8);
  }

  @Test
  void strongPenaltyLeavesWhatWasExpected() {
    var ridge = new Ridge(1, 1);
    ridge.add(new double[] {1}, 10, 1);

    assertEquals(3, ridge.solve(new double[] {1e9}, new double[] {3})[0], 1e-6);
  }

  @Test
  void oneRowAgainstAnEqualPenaltyMeetsHalfway() {
    var ridge = new Ridge(1, 1);
    ridge.add(new double[] {1}, 10, 1);

    assertEquals(5, ridge.solve(new double[] {1})[0], 1e-12);
  }

  @Test
  void outputsAreSolvedAsIfAlone() {
    var both = new Ridge(2, 2);
    var alone = new Ridge(2, 1);
    var random = new Random(2);
    for (int i = 0; i < 20; i++) {
      double[] x = {random.nextGaussian(), 1};
      double y = random.nextGaussian();
      both.add(x, new double[] {x[0], y}, 1);
      alone.add(x, y, 1);
    }

    double[] penalty = {0.1, 0.1};

    assertArrayEquals(alone.solve(penalty), both.solveAll(penalty)[1], 1e-12);
  }
}

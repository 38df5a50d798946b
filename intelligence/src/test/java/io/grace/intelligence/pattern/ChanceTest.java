package io.grace.intelligence.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Tails and q-values against closed forms and tables.
class ChanceTest {
  @Test
  void poissonTailIsTheSumOfItsTerms() {
    double below = Math.exp(-2.5) * (1 + 2.5 + 2.5 * 2.5 / 2);

    assertEquals(1 - below, Tails.poisson(3, 2.5), 1e-10);
    assertEquals(1, Tails.poisson(0, 2.5), 0);
    assertEquals(0, Tails.poisson(3, 0), 0);
  }

  @Test
  void binomialTailIsTheSumOfItsTerms() {
    assertEquals((10 + 5 + 1) / 32.0, Tails.binomial(3, 5, 0.5), 1e-10);
    assertEquals(Math.pow(0.2, 40), Tails.binomial(40, 40, 0.2), 1e-36);
  }

  @Test
  void chiSquareTailIsThatOfTheTables() {
    assertEquals(0.05, Tails.chiSquare(3.841459, 1), 1e-6);
    assertEquals(0.01, Tails.chiSquare(16.811894, 6), 1e-6);
  }

  @Test
  void qValueIsTheLeastShareOfFalseDiscoveriesThatFindsATest() {
    double[] q = FalseDiscovery.qValues(new double[] {0.04, 0.001, 0.02}, 10);

    assertArrayEquals(new double[] {0.4 / 3, 0.01, 0.1}, q, 1e-12);
  }

  @Test
  void lagsWithinAStepAreEven() {
    double[] counted = {0, 0, 10, 0, 0, 0};

    assertEquals(0.15, Lags.quantile(counted, 5, 0.5), 1e-12);
    assertEquals(5, Lags.upTo(counted, 0.15), 1e-12);
  }
}

package io.grace.intelligence.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.linear.Cholesky;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearPosteriorTest {
  private static final int SIZE = 4;

  private static double[] diagonal(double... values) {
    var matrix = new double[SIZE * SIZE];
    for (int i = 0; i < SIZE; i++) {
      matrix[i * SIZE + i] = values[i];
    }
    return matrix;
  }

  private static double[] row(Random random) {
    return new double[] {1, random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
  }

  private static double worth(double[] x) {
    return 2 + x[1] - 3 * x[2];
  }

  @Test
  void meanIsThatOfTheNormalEquations() {
    var random = new Random(1);
    double[] precision = diagonal(1, 2, 3, 4);
    double[] gram = precision.clone();
    double[] cross = new double[SIZE];
    var posterior = new LinearPosterior(SIZE);
    posterior.believe(precision, 0);

    for (int n = 0; n < 50; n++) {
      double[] x = row(random);
      double y = worth(x) + random.nextGaussian();
      posterior.add(x, y);
      for (int i = 0; i < SIZE; i++) {
        cross[i] += x[i] * y;
        for (int k = 0; k < SIZE; k++) {
          gram[i * SIZE + k] += x[i] * x[k];
        }
      }
    }

    double[] solved = Cholesky.of(gram, SIZE).solve(cross);
    for (int i = 0; i < SIZE; i++) {
      double[] unit = new double[SIZE];
      unit[i] = 1;
      assertEquals(solved[i], posterior.at(unit, 1).mean(), 1e-9);
    }
  }

  @Test
  void anotherPriorIsAsIfItHadAlwaysBeen() {
    var random = new Random(2);
    var moved = new LinearPosterior(SIZE);
    var always = new LinearPosterior(SIZE);
    moved.believe(diagonal(9, 9, 9, 9), 5);
    always.believe(diagonal(1, 2, 3, 4), 1);
    for (int n = 0; n < 40; n++) {
      double[] x = row(random);
      double y = worth(x) + random.nextGaussian();
      moved.add(x, y);
      always.add(x, y);
    }

    moved.believe(diagonal(1, 2, 3, 4), 1);

    double[] x = row(random);
    assertEquals(always.at(x, 2).mean(), moved.at(x, 2).mean(), 1e-9);
    assertEquals(always.at(x, 2).deviation(), moved.at(x, 2).deviation(), 1e-9);
  }

  @Test
  void truthIsWithinTwoDeviationsAsOftenAsItShould() {
    int inside = 0;
    int rounds = 400;
    for (int seed = 0; seed < rounds; seed++) {
      var random = new Random(seed);
      var posterior = new LinearPosterior(SIZE);
      posterior.believe(diagonal(0.1, 0.1, 0.1, 0.1), 0);
      for (int n = 0; n < 30; n++) {
        double[] x = row(random);
        posterior.add(x, worth(x) + 2 * random.nextGaussian());
      }
      double[] x = row(random);
      var belief = posterior.at(x, 4);
      inside += Math.abs(belief.mean() - worth(x)) <= 2 * belief.deviation() ? 1 : 0;
    }

    assertTrue(inside > 0.92 * rounds && inside < 0.985 * rounds, "inside " + inside);
  }
}

package io.grace.intelligence.causal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  /// 0 moves 1 two steps later, 1 moves 2 one step later, and 3 is alone; all remember themselves.
  private static double[][] chain(int steps, long seed) {
    var random = new Random(seed);
    double[][] x = new double[4][steps];
    for (int t = 2; t < steps; t++) {
      x[0][t] = 0.5 * x[0][t - 1] + random.nextGaussian();
      x[1][t] = 0.4 * x[1][t - 1] + 0.6 * x[0][t - 2] + random.nextGaussian();
      x[2][t] = 0.3 * x[2][t - 1] - 0.7 * x[1][t - 1] + random.nextGaussian();
      x[3][t] = 0.9 * x[3][t - 1] + random.nextGaussian();
    }
    return x;
  }

  private static List<String> between(List<LaggedEdge> edges) {
    return edges.stream()
        .filter(e -> e.from() != e.to())
        .map(e -> e.from() + " to " + e.to() + " after " + e.lag())
        .sorted()
        .toList();
  }

  @Test
  void chainIsFoundWithItsLagsAndNoShortCut() {
    var table = new SeriesTable(chain(800, 1));

    List<LaggedEdge> edges = PcStable.find(table, 3, 3, 0.1, 0.01);

    assertEquals(List.of("0 to 1 after 2", "1 to 2 after 1"), between(edges));
    assertTrue(
        edges.stream().filter(e -> e.to() == 2 && e.from() == 1).allMatch(e -> e.strength() < 0));
  }

  @Test
  void orderOfTheSeriesChangesNothing() {
    double[][] x = chain(500, 2);

    List<LaggedEdge> one = PcStable.find(new SeriesTable(x), 3, 2, 0.1, 0.01);
    List<LaggedEdge> other =
        PcStable.find(new SeriesTable(new double[][] {x[3], x[2], x[1], x[0]}), 3, 2, 0.1, 0.01);

    List<LaggedEdge> turned =
        other.stream()
            .map(e -> new LaggedEdge(3 - e.from(), 3 - e.to(), e.lag(), e.strength(), e.p()))
            .toList();
    assertEquals(between(one), between(turned));
  }

  @Test
  void grangerGivenAllKeepsTheDirectEdgesAlone() {
    var table = new SeriesTable(chain(800, 3));

    List<LaggedEdge> edges = Granger.find(table, 3, true, 0.01);

    assertEquals(List.of("0 to 1 after 2", "1 to 2 after 1"), between(edges));
  }

  @Test
  void grangerIsTheFTestOfTwoRegressions() {
    double[][] x = chain(200, 4);

    LaggedEdge edge =
        Granger.find(new SeriesTable(new double[][] {x[0], x[1]}), 2, false, 0.99).stream()
            .filter(e -> e.from() == 0)
            .findFirst()
            .orElseThrow();

    double without = residual(x, false);
    double with = residual(x, true);
    assertEquals(1 - with / without, edge.strength(), 1e-6);
  }

  private static double residual(double[][] x, boolean withFirst) {
    var ridge = new io.grace.intelligence.linear.Ridge(withFirst ? 5 : 3, 1);
    for (int t = 2; t < x[1].length; t++) {
      ridge.add(inputs(x, t, withFirst), x[1][t], 1);
    }
    double[] penalty = new double[ridge.inputs()];
    java.util.Arrays.fill(penalty, 1e-9);
    double[] weights = ridge.solve(penalty);
    double sum = 0;
    for (int t = 2; t < x[1].length; t++) {
      double[] inputs = inputs(x, t, withFirst);
      double left = x[1][t];
      for (int i = 0; i < inputs.length; i++) {
        left -= weights[i] * inputs[i];
      }
      sum += left * left;
    }
    return sum;
  }

  private static double[] inputs(double[][] x, int t, boolean withFirst) {
    return withFirst
        ? new double[] {1, x[1][t - 1], x[1][t - 2], x[0][t - 1], x[0][t - 2]}
        : new double[] {1, x[1][t - 1], x[1][t - 2]};
  }

  @Test
  void noiseHasFewEdges() {
    int found = 0;
    for (int seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      double[][] noise = new double[5][300];
      for (double[] one : noise) {
        java.util.Arrays.setAll(one, i -> random.nextGaussian());
      }
      var table = new SeriesTable(noise);
      found += PcStable.find(table, 2, 2, 0.1, 0.05).isEmpty() ? 0 : 1;
      found += Granger.find(table, 2, true, 0.05).isEmpty() ? 0 : 1;
    }

    assertTrue(found <= 6, found + " of 40 with an edge, about 2 are expected");
  }

  @Test
  void constantAndDoubledSeriesHaveNoEdges() {
    double[][] x = chain(300, 5);
    x[1] = new double[300];
    x[3] = x[0].clone();

    List<LaggedEdge> edges = Granger.find(new SeriesTable(x), 2, true, 0.05);

    assertEquals(List.of(), between(edges));
    assertEquals(
        0,
        PcStable.find(new SeriesTable(x), 2, 2, 0.1, 0.05).stream()
            .filter(e -> e.from() == 1 || e.to() == 1)
            .count());
  }

  @Test
  void adjustedIsThatOfThePaper() {
    double[] adjusted = FalseDiscovery.adjusted(new double[] {0.03, 0.01, 0.02}, 4);

    assertArrayEquals(new double[] {0.04, 0.04, 0.04}, adjusted, 1e-15);
  }

  @Test
  void whatCostsTooMuchIsRefused() {
    var table = new SeriesTable(new double[200][1_000]);

    assertThrows(IllegalArgumentException.class, () -> PcStable.find(table, 3, 2, 0.1, 0.05));
    assertThrows(IllegalArgumentException.class, () -> Granger.find(table, 3, true, 0.05));
    assertThrows(
        IllegalArgumentException.class, () -> new SeriesTable(new double[][] {{1, Double.NaN}}));
  }
}

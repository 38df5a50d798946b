package io.grace.intelligence.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;

class LatentSpaceTest {
  private static SparseRow row(int... columns) {
    float[] values = new float[columns.length];
    Arrays.fill(values, 1);
    return new SparseRow(columns, values);
  }

  private static List<SparseRow> random(int rows, int columns, long seed) {
    var random = new SplittableRandom(seed);
    var all = new ArrayList<SparseRow>();
    for (int r = 0; r < rows; r++) {
      int[] chosen = random.ints(0, columns).distinct().limit(8).sorted().toArray();
      float[] values = new float[chosen.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (1 + random.nextDouble());
      }
      all.add(new SparseRow(chosen, values));
    }
    return all;
  }

  private static double[] exact(List<SparseRow> rows, int columns) {
    var dense = new DMatrixRMaj(rows.size(), columns);
    for (int r = 0; r < rows.size(); r++) {
      for (int i = 0; i < rows.get(r).columns().length; i++) {
        dense.set(r, rows.get(r).columns()[i], rows.get(r).values()[i]);
      }
    }
    var svd = DecompositionFactory_DDRM.svd(dense.numRows, dense.numCols, false, false, true);
    svd.decompose(dense);
    return Arrays.stream(svd.getSingularValues()).map(x -> -x).sorted().map(x -> -x).toArray();
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void singularValuesAreThoseOfTheDenseDecomposition() {
    var rows = random(60, 40, 7);

    float[] found = LatentSpace.fit(rows, 40, 40, 1).singular();

    double[] wanted = exact(rows, 40);
    for (int i = 0; i < found.length; i++) {
      assertEquals(wanted[i], found[i], 1e-4 * wanted[0], "singular value " + i);
    }
  }

  @Test
  void theLargestFewOfManyAreFoundWithinAPercent() {
    var rows = random(400, 300, 3);

    float[] found = LatentSpace.fit(rows, 300, 10, 1).singular();

    double[] wanted = exact(rows, 300);
    assertEquals(10, found.length);
    assertEquals(wanted[0], found[0], 0.01 * wanted[0]);
    assertEquals(wanted[4], found[4], 0.05 * wanted[4]);
  }

  @Test
  void rowsThatShareNoColumnAreNearIfOthersJoinThem() {
    // 0 and 1 never stand together, but both stand with 2; 3 and 4 are another matter.
    var rows = List.of(row(0, 2), row(1, 2), row(0, 2), row(1, 2), row(3, 4), row(3, 4));

    var space = LatentSpace.fit(rows, 5, 2, 1);

    float[] zero = space.place(row(0), 0);
    assertTrue(cosine(zero, space.place(row(1), 0)) > 0.9);
    assertTrue(Math.abs(cosine(zero, space.place(row(3), 0))) < 0.1);
  }

  @Test
  void theSameRowsAndSeedGiveTheSameSpace() {
    var rows = random(50, 30, 5);

    assertArrayEquals(
        LatentSpace.fit(rows, 30, 8, 9).directions(), LatentSpace.fit(rows, 30, 8, 9).directions());
  }

  @Test
  void whatWasNeverSeenLiesNowhere() {
    var space = LatentSpace.fit(List.of(row(0, 1), row(1, 2)), 4, 2, 1);

    assertArrayEquals(new float[space.dimensions()], space.place(row(3), 0));
  }

  @Test
  void equalRowsHaveOneDirectionHoweverManyAreAskedFor() {
    assertEquals(
        1, LatentSpace.fit(List.of(row(0, 1), row(0, 1), row(0, 1)), 3, 3, 1).dimensions());
  }
}

package io.grace.intelligence.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.cause.WeightFit.Lesson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeightFitTest {
  @Test
  void evidenceThatMarksTheCauseGainsWeight() {
    double[] weights = WeightFit.fit(lessons(Features.SILENT), new double[Weights.LENGTH]);

    assertTrue(weights[Features.SILENT] > 2, "weight " + weights[Features.SILENT]);
  }

  @Test
  void evidenceNeverCountsAgainstItself() {
    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      double[] marked = new double[Features.COUNT];
      marked[Features.OWN_ERRORS] = 3;
      double[][] rows = {marked, new double[Features.COUNT]};
      lessons.add(new Lesson(new Features(new int[] {0, 1}, rows, 0, 0.01), Set.of(1)));
    }

    double[] weights = WeightFit.fit(lessons, new double[Weights.LENGTH]);

    assertEquals(0, weights[Features.OWN_ERRORS], 1e-9);
  }

  @Test
  void causesNobodyWatchesRaiseTheUnknown() {
    List<Lesson> lessons =
        lessons(Features.SILENT).stream()
            .map(lesson -> new Lesson(lesson.features(), Set.of()))
            .toList();

    double[] weights = WeightFit.fit(lessons, new double[Weights.LENGTH]);

    assertTrue(weights[Features.COUNT] > 1);
  }

  private static List<Lesson> lessons(int feature) {
    Random random = new Random(5);
    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      double[][] rows = new double[4][Features.COUNT];
      int cause = random.nextInt(4);
      rows[cause][feature] = 1;
      lessons.add(new Lesson(new Features(new int[] {0, 1, 2, 3}, rows, 0, 0.01), Set.of(cause)));
    }
    return lessons;
  }
}

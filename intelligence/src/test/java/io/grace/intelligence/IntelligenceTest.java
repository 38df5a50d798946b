package io.grace.intelligence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.grace.intelligence.drift.StabilityIndex;
import io.grace.intelligence.forecast.Normal;
import io.grace.intelligence.trend.RobustTrend;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The numbers against closed forms.
class IntelligenceTest {
  @Test
  void knowsNothingOfTheRestOfGrace() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "org.jspecify..", "org.ejml..", "org.hipparchus..", "io.grace.intelligence..")
        .because("numbers in, numbers out: what they mean is said in runtime")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.grace.intelligence"));
  }

  @Test
  void normalDistributionIsThatOfTheTables() {
    assertEquals(0.5, Normal.below(0), 1e-7);
    assertEquals(0.9772499, Normal.below(2), 1e-6);
    assertEquals(0.0227501, Normal.below(-2), 1e-6);
  }

  @Test
  void trendIsNotBentByOutliers() {
    double[] values = IntStream.range(0, 100).mapToDouble(i -> 0.5 * i).toArray();
    values[10] = 1e6;
    values[90] = -1e6;

    var trend = RobustTrend.fit(values);

    assertEquals(0.5, trend.slope(), 0.02);
    assertTrue(trend.z() > 5);
  }

  @Test
  void noiseHasNoTrend() {
    var random = new Random(3);
    int found = 0;
    for (int n = 0; n < 300; n++) {
      double[] noise = random.doubles(60).toArray();
      found += Math.abs(RobustTrend.fit(noise).z()) > 1.96 ? 1 : 0;
    }

    assertTrue(found <= 30, found + " of 300, about 15 are expected");
  }

  @Test
  void longSeriesIsThinnedOutAndKeepsItsSlope() {
    double[] values = IntStream.range(0, 5_000).mapToDouble(i -> 3.0 * i).toArray();

    assertEquals(3, RobustTrend.fit(values).slope(), 1e-9);
  }

  @Test
  void sameDistributionIsStableAndAShiftedOneIsNot() {
    var random = new Random(9);
    double[] before = random.doubles(600).toArray();
    double[] same = random.doubles(200).toArray();
    double[] shifted = random.doubles(200).map(v -> v + 0.4).toArray();

    assertTrue(StabilityIndex.between(before, same) < 0.15);
    assertTrue(StabilityIndex.between(before, shifted) > 0.5);
  }
}

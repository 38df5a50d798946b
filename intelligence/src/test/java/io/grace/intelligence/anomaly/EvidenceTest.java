package io.grace.intelligence.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The parts that can be used alone, against what they are defined by.
class EvidenceTest {
  @Test
  void rarityIsTheTailProbabilityOfWhatWasSeen() {
    TailProbability tail = new TailProbability();
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      // A Pareto tail: P(X ≥ x) = x⁻².
      tail.learn(Math.pow(1 - random.nextDouble(), -0.5));
    }

    assertEquals(Math.log10(2), tail.rarity(Math.sqrt(2)), 0.03);
    assertEquals(2, tail.rarity(10), 0.15);
    assertEquals(4, tail.rarity(100), 0.5);
  }

  @Test
  void rarityOfThePastItselfIsRareAsOftenAsItSays() {
    TailProbability tail = new TailProbability();
    Random random = new Random(2);
    int rare = 0;
    for (int i = 0; i < 20_000; i++) {
      rare += tail.learn(Math.abs(random.nextGaussian())) >= 2 ? 1 : 0;
    }

    assertEquals(200, rare, 60);
  }

  @Test
  void quantilesAreThoseOfTheSamePartOfTheSeasonAlone() {
    SeasonalQuantiles quantiles = new SeasonalQuantiles(Duration.ofDays(1), 24, 5);
    for (int day = 0; day < 9; day++) {
      quantiles.learn(day * 86_400L, day);
      quantiles.learn(day * 86_400L + 3600, 100);
    }

    assertEquals(6, quantiles.quantile(86_400L * 30, 0.5));
    assertEquals(4, quantiles.quantile(0, 0));
    assertEquals(7.6, quantiles.quantile(1800, 0.9), 1e-6);
    assertEquals(5, quantiles.known(0));
    assertTrue(Double.isNaN(quantiles.quantile(2 * 3600, 0.5)));
  }

  @Test
  void changeIsTheDistanceOfTheNewestMeanFromTheLevel() {
    LevelChange change = new LevelChange(2, 4);
    for (int i = 0; i < 1000; i++) {
      change.learn(10);
    }
    change.learn(20);

    assertEquals(5, change.distance(0), 0.1);
    assertEquals(2.5, change.distance(1), 0.1);
  }

  @Test
  void discordIsTheDistanceToTheNearestEarlierStretch() {
    Discord discord = new Discord(3, 100);
    double[] values = {0, 0, 0, 3, 4, 5, 0, 0, 0, 3, 4, 5, 3, 4, 9};
    double distance = Double.NaN;
    for (double value : values) {
      distance = discord.learn(value);
      if (value == 5) {
        assertTrue(Double.isNaN(distance) || distance == 0, "seen before: " + distance);
      }
    }

    assertEquals(4, distance, 1e-6);
  }

  @Test
  void discordFindsTheNearestAsAFullSearchDoes() {
    Discord discord = new Discord(4, 20);
    Random random = new Random(3);
    double[] values = random.doubles(200).map(v -> (float) v).toArray();
    for (int i = 0; i < values.length; i++) {
      double nearest = Double.POSITIVE_INFINITY;
      int remembered = Math.min(i + 1, 20);
      for (int back = 4; back <= remembered - 4; back++) {
        double sum = 0;
        for (int k = 0; k < 4; k++) {
          double off = values[i - k] - values[i - k - back];
          sum += off * off;
        }
        nearest = Math.min(nearest, sum);
      }

      double found = discord.learn(values[i]);

      if (i >= 11) {
        assertEquals(Math.sqrt(nearest), found, 1e-5);
      }
    }
  }

  @Test
  void forecastLeansOnTheExpertThatIsRight() {
    ForecastBlend blend = new ForecastBlend();
    for (int i = 0; i < 500; i++) {
      blend.expect(i % 2 == 0 ? 10 : -10, Double.NaN);
      blend.learn(i % 2 == 0 ? 10 : -10);
    }

    assertEquals(10, blend.expect(10, Double.NaN), 0.01);
  }

  @Test
  void likelihoodFindsManyHalfStrangeReadingsInARow() {
    AnomalyLikelihood likelihood = new AnomalyLikelihood(10);
    Random random = new Random(4);
    double single = 0;
    for (int i = 0; i < 2000; i++) {
      single = likelihood.learn(i == 1990 ? 2 : random.nextDouble());
    }
    double inRow = 0;
    for (int i = 0; i < 10; i++) {
      inRow = likelihood.learn(0.95);
    }

    assertTrue(inRow > single, single + " alone, in a row " + inRow);
  }

  @Test
  void counterThatFellHasGrownByAllItShows() {
    CounterRate rate = new CounterRate();

    assertTrue(Double.isNaN(rate.learn(0, 100)));
    assertEquals(2, rate.learn(10, 120));
    assertEquals(0.5, rate.learn(20, 5));
    assertTrue(Double.isNaN(rate.learn(20, 7)), "no time has passed");
    assertEquals(1, rate.learn(30, 15));
  }

  @Test
  void shapesThatCannotWorkAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LevelChange(4, 4));
    assertThrows(IllegalArgumentException.class, () -> new Discord(1, 100));
    assertThrows(IllegalArgumentException.class, () -> new Discord(10, 39));
    assertThrows(IllegalArgumentException.class, () -> new AnomalyLikelihood(0));
    assertThrows(IllegalArgumentException.class, () -> new RandomCutForest(0, 2, 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new SeasonalQuantiles(Duration.ofDays(1), 0, 5));
  }
}

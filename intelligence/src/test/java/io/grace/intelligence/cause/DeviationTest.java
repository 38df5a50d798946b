package io.grace.intelligence.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviationTest {
  private static Deviation of(Scenes scenes) {
    return new Deviations(scenes.scene()).of(0);
  }

  @Test
  void baselineIsNotBentByATenthOfStrangeSamples() {
    double[] values = new Random(1).doubles(100).toArray();
    double clean = Baseline.of(values, 100, 0, true, 0).scale();
    for (int i = 0; i < 9; i++) {
      values[i] = 1e6;
    }

    Baseline bent = Baseline.of(values, 100, 0, true, 0);

    assertEquals(0.5, bent.median(), 0.1);
    assertTrue(bent.scale() < 1.5 * clean, bent.scale() + " against " + clean);
  }

  @Test
  void whatGetsBetterDoesNotDeviate() {
    Deviation deviation = of(new Scenes(1, 1).track(0, MetricKind.LATENCY, 100, -60, 50));

    assertTrue(deviation.size() < 3, "noise alone, but size " + deviation.size());
  }

  @Test
  void unsignedTrackDeviatesEitherWay() {
    double[] values = Scenes.constant(100);
    for (int i = 0; i < values.length; i++) {
      values[i] += i % 3 - (i >= 50 ? 60 : 0);
    }

    Deviation deviation = of(new Scenes(1, 1).values(0, MetricKind.TRAFFIC, Worse.EITHER, values));

    assertTrue(deviation.size() > 5 && deviation.to() < deviation.from());
  }

  @Test
  void troubleThatEndedIsStillFound() {
    double[] values = Scenes.constant(10);
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.5 * (i % 3) + (i >= 48 && i < 52 ? 30 : 0);
    }

    Deviation deviation = of(new Scenes(1, 1).values(0, MetricKind.LATENCY, Worse.UP, values));

    assertEquals(48 * Scenes.STEP, deviation.onset());
    assertEquals(51 * Scenes.STEP, deviation.until());
  }

  @Test
  void trackThatOftenSpikesIsBelievedLessThanACalmOne() {
    double[] calm = Scenes.constant(10);
    double[] wild = Scenes.constant(10);
    for (int i = 0; i < 60; i++) {
      calm[i] += 0.5 * (i % 3) + (i == 52 ? 20 : 0);
      wild[i] += 0.5 * (i % 3) + (i == 52 || i % 17 == 0 ? 20 : 0);
    }
    var deviations =
        new Deviations(
            new Scenes(2, 1)
                .values(0, MetricKind.LATENCY, Worse.UP, calm)
                .values(1, MetricKind.LATENCY, Worse.UP, wild)
                .scene());

    double calmer = deviations.of(0).rarity();
    double wilder = deviations.of(1).rarity();
    assertTrue(calmer > wilder + 0.1, calmer + " and " + wilder);
  }

  @Test
  void fewSamplesOfNormalSayNothing() {
    double[] values = Scenes.constant(Double.NaN);
    for (int i = 36; i < 60; i++) {
      values[i] = i >= 50 ? 100 : 1;
    }

    assertEquals(0, of(new Scenes(1, 1).values(0, MetricKind.LATENCY, Worse.UP, values)).size());
  }

  @Test
  void oneLostSampleIsNoSilence() {
    double[] values = Scenes.constant(5);
    values[59] = Double.NaN;

    Deviation deviation = of(new Scenes(1, 1).values(0, MetricKind.USE, Worse.UP, values));

    assertTrue(!deviation.isSilent());
  }

  @Test
  void noneIsLikelierTheMoreOrdinaryTheWorstIs() {
    double[] blocks = {6, 8, 7, 9, 6, 8};

    double ordinary = Quiet.tail(9, blocks, blocks.length, 10);
    double strange = Quiet.tail(60, blocks, blocks.length, 10);

    assertTrue(Quiet.probability(ordinary) > 0.4);
    assertTrue(Quiet.probability(strange) < 0.01);
  }

  @Test
  void sameDeviationIsLessStrangeAmongMoreTracks() {
    assertTrue(Quiet.tail(20, new double[0], 0, 1_000) > Quiet.tail(20, new double[0], 0, 5));
  }

  @Test
  void probabilityOfNothingIsTheBoundOfSellke() {
    // −e · 0.01 · ln 0.01 = 0.1252, whose odds are a probability of 0.1113
    assertEquals(0.1113, Quiet.probability(0.01), 1e-4);
  }

  @Test
  void serviceOutOfRangeIsRefused() {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Scene(
                    List.of("a"), Set.of(1), List.of(), 0, 0, Set.of(), List.of(), List.of()));

    assertEquals("pseudo service must be in [0, 1): 1", refused.getMessage());
  }

  @Test
  void trackOfUnequalLengthsIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Track(0, "cpu", MetricKind.USE, Worse.UP, new double[] {1, 2}, new double[] {1}));
  }
}

package io.grace.intelligence.causal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.causal.LinearModel.Effect;
import io.grace.intelligence.causal.LinearModel.Held;
import io.grace.intelligence.causal.RecoveryCurve.Estimate;
import io.grace.intelligence.causal.RecoveryCurve.Shape;
import io.grace.intelligence.causal.WithoutAction.Treated;
import io.grace.intelligence.causal.WithoutAction.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CounterfactualTest {
  private static final Shape MINUTES = new Shape(60_000, 30, 0.3, 1);

  /// An action (0) lowers a load (1), which moves a latency (2).
  private static final LinearModel MODEL =
      new LinearModel(
          new double[] {0, 5, 1},
          List.of(new Effect(1, 1, 1, 0.8), new Effect(0, 1, 1, -3), new Effect(1, 2, 2, 0.5)));

  /// @param action from this step on, 1 at each step
  private static double[][] simulated(int steps, int action, long seed) {
    var random = new Random(seed);
    double[][] x = new double[3][steps];
    for (int t = 0; t < steps; t++) {
      x[0][t] = t >= action ? 1 : 0;
      double[] noise = {random.nextGaussian(), random.nextGaussian()};
      x[1][t] = 5 + (t < 1 ? 0 : 0.8 * x[1][t - 1] - 3 * x[0][t - 1]) + noise[0];
      x[2][t] = 1 + (t < 2 ? 0 : 0.5 * x[1][t - 2]) + noise[1];
    }
    return x;
  }

  @Test
  void withoutTheActionTheSameNoiseGivesWhatWouldHaveBeen() {
    double[][] acted = simulated(60, 40, 1);
    double[][] wanted = simulated(60, 60, 1);

    double[][] found = MODEL.counterfactual(acted, List.of(new Held(0, 40, 60, 0)));

    for (int i = 0; i < 3; i++) {
      assertArrayEquals(wanted[i], found[i], 1e-9);
    }
  }

  @Test
  void effectIsTheClosedFormOfTheImpulseResponse() {
    double[][] acted = simulated(60, 40, 2);

    double[][] found = MODEL.counterfactual(acted, List.of(new Held(0, 40, 60, 0)));

    for (int t = 41; t < 60; t++) {
      // A geometric sum: -3 (1 - 0.8^n) / (1 - 0.8).
      double load = -15 * (1 - Math.pow(0.8, t - 40));
      assertEquals(load, acted[1][t] - found[1][t], 1e-9);
      if (t >= 43) {
        double latency = -7.5 * (1 - Math.pow(0.8, t - 42));
        assertEquals(latency, acted[2][t] - found[2][t], 1e-9);
      }
    }
  }

  @Test
  void fittedModelAnswersCloseToTheTrueOne() {
    double[][] acted = simulated(3_000, 1_500, 3);
    List<LaggedEdge> edges =
        MODEL.effects().stream()
            .map(e -> new LaggedEdge(e.from(), e.to(), e.lag(), e.weight(), 0))
            .toList();

    LinearModel fitted = LinearModel.fit(acted, edges);

    double[][] found = fitted.counterfactual(acted, List.of(new Held(0, 1_500, 3_000, 0)));
    double mean = Arrays.stream(found[2], 1_600, 3_000).average().orElseThrow();
    assertEquals(13.5, mean, 0.5);
    assertEquals(0.8, fitted.effects().getFirst().weight(), 0.03);
  }

  @Test
  void nothingHeldChangesNothing() {
    double[][] acted = simulated(20, 10, 4);

    assertArrayEquals(acted[2], MODEL.counterfactual(acted, List.of())[2]);
  }

  @Test
  void curveOfUncensoredIncidentsIsTheirShare() {
    var curve = new RecoveryCurve(new Shape(1_000, 4, 0.5, 1e-9));
    for (long slot : new long[] {0, 0, 1, 2, 9, 9, 9, 9}) {
      curve.recovered(slot * 1_000);
    }

    assertEquals(0.25, curve.recoversBetween(0, 1_000).mean(), 1e-6);
    assertEquals(0.375, curve.recoversBetween(0, 2_000).mean(), 1e-6);
    assertEquals(1 - 5.0 / 6, curve.recoversBetween(1_000, 2_000).mean(), 1e-6);
  }

  @Test
  void incidentsThatWereActedOnCountWhileNobodyActed() {
    var curve = new RecoveryCurve(new Shape(1_000, 2, 0.5, 1e-9));
    curve.recovered(0);
    curve.endedUnseen(1_000);
    curve.recovered(1_500);

    // Kaplan and Meier by hand: 1/3 in the first; then 1 of 1.5.
    assertEquals(1 / 3.0, curve.recoversBetween(0, 1_000).mean(), 1e-6);
    assertEquals(1 / 1.5, curve.recoversBetween(1_000, 2_000).mean(), 1e-6);
  }

  @Test
  void beliefIsWhatACurveSaysBeforeAnyIncident() {
    Estimate believed = new RecoveryCurve(MINUTES).recoversBetween(0, 30 * 60_000);

    assertEquals(0.3, believed.mean(), 1e-12);
    assertTrue(believed.low() < 0.1 && believed.high() > 0.6, believed.toString());
  }

  @Test
  void curveComesBackFromItsBytesAndForgets() {
    var curve = new RecoveryCurve(MINUTES);
    curve.recovered(100_000);
    curve.endedUnseen(400_000);
    curve.decay(0.5);

    RecoveryCurve read = RecoveryCurve.of(MINUTES, curve.toBytes());

    assertArrayEquals(curve.toBytes(), read.toBytes());
    assertEquals(1, read.incidents());
    assertThrows(
        IllegalArgumentException.class,
        () -> RecoveryCurve.of(new Shape(60_000, 31, 0.3, 1), curve.toBytes()));
  }

  @Test
  void incidentThatNeverRecoversAloneOwesItAllToTheAction() {
    var curve = new RecoveryCurve(new Shape(60_000, 30, 0.01, 1));
    for (int i = 0; i < 100; i++) {
      curve.endedUnseen(40 * 60_000);
    }
    double[] usual = filled(30, 10);
    double[] ill = filled(10, 50);

    var found = WithoutAction.of(curve, new Windows(usual, ill, usual), 600_000, 300_000, true);

    assertTrue(found.saved() > 0.99);
    assertEquals(-40, found.effect().mean(), 0.1);
    assertTrue(found.inWords().startsWith("0 of 100 such incidents would have recovered"));
  }

  @Test
  void incidentThatRecoversAloneAtOnceOwesItNothing() {
    var curve = new RecoveryCurve(MINUTES);
    for (int i = 0; i < 1_000; i++) {
      curve.recovered(11 * 60_000);
    }
    double[] usual = filled(60, 10);

    var found =
        WithoutAction.of(
            curve, new Windows(usual, filled(10, 50), usual), 660_000, 1_800_000, true);

    assertTrue(found.saved() < 0.01);
    assertTrue(found.effect().mean() > -2, found.toString());
  }

  private static double[] filled(int size, double value) {
    double[] filled = new double[size];
    Arrays.fill(filled, value);
    return filled;
  }

  @Test
  void meanEffectIsWhatTheActionAddsToSelfRecovery() {
    var curve = new RecoveryCurve(new Shape(1_000, 2, 0.5, 1e-6));
    for (int i = 0; i < 400; i++) {
      curve.recovered(i % 4 == 0 ? 500 : 5_000);
    }
    List<Treated> treated = new ArrayList<>(Collections.nCopies(60, new Treated(0, 1_000, true)));
    treated.addAll(Collections.nCopies(40, new Treated(0, 1_000, false)));

    Estimate effect = WithoutAction.meanEffect(curve, treated);

    assertEquals(0.6 - 0.25, effect.mean(), 1e-6);
    assertEquals(0.35 - 1.645 * 0.0527, effect.low(), 0.01);
    assertEquals(0.35 + 1.645 * 0.0527, effect.high(), 0.01);
  }
}

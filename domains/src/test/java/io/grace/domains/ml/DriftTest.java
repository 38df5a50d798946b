package io.grace.domains.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.series.Recorded;
import io.grace.domains.series.Recorder;
import io.grace.domains.series.SeriesId;
import io.grace.intelligence.neural.LstmForecaster;
import io.grace.intelligence.neural.Series;
import io.grace.intelligence.neural.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How often drift is called that is none, and how often what is drift is not called so.
class DriftTest {
  private static final int SERIES = 12;
  private static final ModelSpec SPEC =
      new ModelSpec("m", "orders/latency_ms", 12, 2, 12, 4, 3, 300);

  private record Watched(Wave wave, Recorder recorder, LiveScore score) {
    /// Whether drift was called at any of so many steps.
    boolean drifts(int steps) {
      boolean isDrift = false;
      for (int i = 0; i < steps; i++) {
        wave.record(recorder, 1);
        score.look(recorder.newest(SPEC.id(), score.wanted()).orElseThrow());
        isDrift |= score.hasDrifted();
      }
      return isDrift;
    }
  }

  private static Watched trained(long seed) {
    var recorder = new Recorder(1, 1_000);
    var wave = new Wave(SeriesId.parse(SPEC.series()), 10_000, seed);
    wave.record(recorder, 302);
    Recorded data = recorder.newest(SPEC.id(), 300).orElseThrow();
    double[] learnt = Arrays.copyOf(data.values(), 300 - SPEC.judged());
    var training = Training.start(SPEC.plan(seed), List.of(Series.of(learnt)));
    while (!training.isDone()) {
      training.epoch();
    }
    LstmForecaster model = training.best();
    var version =
        new Version(
            "m",
            1,
            0,
            0,
            Stage.PRODUCTION,
            "",
            "",
            "",
            "x",
            Version.Lineage.UNKNOWN,
            Map.of(),
            Map.of(Tags.LEARNT_UNTIL, String.valueOf(data.secondOf(learnt.length - 1))));
    return new Watched(wave, recorder, new LiveScore(version, ModelArtifact.of(model, learnt)));
  }

  @Test
  void whatStaysIsNotCalledDriftAndWhatChangesIs() {
    int falseAlarms = 0;
    int missed = 0;
    for (long seed = 1; seed <= SERIES; seed++) {
      Watched watched = trained(seed);
      falseAlarms += watched.drifts(600) ? 1 : 0;
      watched.wave().level = 180;
      missed += watched.drifts(150) ? 0 : 1;
    }

    assertTrue(
        falseAlarms <= 1, falseAlarms + " of " + SERIES + " were called drift within 600 steps");
    assertEquals(0, missed, "shifts of two and a half swings that were not called drift");
  }
}

package io.grace.domains.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.Living;
import io.grace.domains.ml.MlDomain;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one domain finds reaches another through what the loop recorded.
class DriftReachesTemporalTest {
  private static final String CONFIG =
      """
      services:
        training_cluster: {settle: 0s}
        auto_retrain: {settle: 0s}
        causal_graph: {settle: 0s}
        forecaster: {settle: 0s}
        simulator: {settle: 0s}
      domains:
        ml:
          interval: 200ms
          step_seconds: 1
          rest: 1s
          models:
            load: {series: orders/load, context: 12, horizon: 2, hidden: 4, epochs: 3, length: 300}
        temporal: {interval_ms: 200, step_seconds: 1, length: 300, fresh: 60, lags: 4, horizon: 2, series: [orders/load, orders/queue, orders/delay]}
      """;

  @TempDir Path directory;

  @Test
  void driftThatAModelFoundHasTheGraphBuiltAnew() throws Exception {
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      var ml = grace.domain(MlDomain.class);
      var temporal = grace.domain(TemporalDomain.class);
      long from = Instant.now().getEpochSecond() - 3_000;
      new Chain(from).record(ml.recorder(), 380);
      new Chain(from).record(temporal.recorder(), 380);
      grace.await(
          "a model, a graph, forecasts", () -> grace.outcomes("succeeded") == 3 && grace.isCalm());
      long builtAt = temporal.graphs().current().orElseThrow().builtAt();

      // The model's series drifts; what temporal measured itself gives no reason for anything.
      for (int i = 380; i < 700; i++) {
        ml.recorder().add(Chain.LOAD, from + i, 60 + 5 * Math.sin(i) + i % 3);
      }
      grace.await(
          "a younger graph", () -> temporal.graphs().current().orElseThrow().builtAt() > builtAt);
      grace.await("calm", grace::isCalm);

      assertTrue(grace.story().contains("kind=drift_upstream"), grace.story());
      assertEquals("rebuild_causal_graph", grace.proposed().getLast(), grace.story());
    }
  }
}

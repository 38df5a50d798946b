package io.grace.domains.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.Living;
import io.grace.domains.series.SeriesId;
import io.grace.domains.temporal.CausalGraph.Cause;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The graph, the forecaster and the cache are broken for real, and healed by the one loop.
class TemporalBrokenTest {
  private static final String CONFIG =
      """
      services:
        causal_graph: {settle: 0s}
        forecaster: {settle: 0s}
        simulator: {settle: 0s}
      domains:
        temporal:
          interval_ms: 200
          step_seconds: 1
          length: 300
          fresh: 60
          max_lag: 3
          lags: 4
          horizon: 2
          series: [orders/load, orders/queue, orders/delay]
      """;

  @TempDir Path directory;

  private static Chain healthy(Living grace) {
    return healthy(grace, 0.6);
  }

  private static Chain healthy(Living grace, double memory) {
    var chain = new Chain(Instant.now().getEpochSecond() - 3_000);
    chain.memory = memory;
    chain.record(grace.domain(TemporalDomain.class).recorder(), 380);
    grace.await("a graph and forecasts", () -> grace.outcomes("succeeded") == 2 && grace.isCalm());
    return chain;
  }

  private static boolean holds(Living grace, SeriesId from, SeriesId to, int lag) {
    return causes(grace).stream()
        .anyMatch(c -> c.from().equals(from) && c.to().equals(to) && c.lag() == lag);
  }

  private static List<Cause> causes(Living grace) {
    return grace.domain(TemporalDomain.class).graphs().current().orElseThrow().told();
  }

  @Test
  void theLoopFindsWhatMovesWhat() throws Exception {
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      healthy(grace);

      assertTrue(holds(grace, Chain.LOAD, Chain.QUEUE, 2), causes(grace).toString());
      assertTrue(holds(grace, Chain.QUEUE, Chain.DELAY, 1), causes(grace).toString());
      assertEquals(2, causes(grace).size(), causes(grace).toString());
      assertEquals(
          Chain.LOAD_TO_QUEUE,
          causes(grace).stream()
              .filter(c -> c.to().equals(Chain.QUEUE))
              .findFirst()
              .orElseThrow()
              .weight(),
          0.1);
    }
  }

  @Test
  void aGraphWhoseProcessChangedIsBuiltAnew() throws Exception {
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      Chain chain = healthy(grace);

      chain.isRewired = true;
      chain.record(grace.domain(TemporalDomain.class).recorder(), 200);
      grace.await("the new cause", () -> holds(grace, Chain.LOAD, Chain.DELAY, 1));
      grace.await("calm", grace::isCalm);

      assertFalse(holds(grace, Chain.LOAD, Chain.QUEUE, 2), causes(grace).toString());
      assertFalse(holds(grace, Chain.QUEUE, Chain.DELAY, 1), causes(grace).toString());
      assertTrue(grace.proposed().lastIndexOf("rebuild_causal_graph") >= 2, grace.story());
      assertEquals(0, grace.outcomes("failed") + grace.outcomes("rolled_back"), grace.story());
    }
  }

  @Test
  void aForecasterWhoseProcessChangedIsTrainedAnew() throws Exception {
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      Chain chain = healthy(grace, -0.7);
      var temporal = grace.domain(TemporalDomain.class);
      double before = temporal.forecasting().accuracy().orElseThrow();

      chain.memory = 0.8;
      chain.record(temporal.recorder(), 300);
      grace.await("the training", () -> grace.proposed().lastIndexOf("retrain_forecaster") >= 2);
      grace.await("calm", grace::isCalm);

      assertTrue(before > 0.5, "before: " + before);
      // A load that keeps so much of itself is hardly better foretold than by its last value.
      assertTrue(temporal.forecasting().accuracy().orElseThrow() > 0.45, grace.story());
    }
  }

  @Test
  void answersThatRestOnAGraphThatIsGoneAreDropped() throws Exception {
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      Chain chain = healthy(grace);
      var temporal = grace.domain(TemporalDomain.class);
      var question = new Simulator.Question(Chain.LOAD, 14, 40);
      var first = temporal.simulator().ask(question).orElseThrow();

      chain.record(temporal.recorder(), 30);
      temporal.graphs().rebuild(Instant.now());
      assertTrue(temporal.simulator().ask(question).orElseThrow().isStale());
      grace.await("the cache is dropped", () -> temporal.simulator().staleRatio() == 0);
      grace.await("calm", grace::isCalm);

      assertTrue(grace.proposed().contains("invalidate_cache"), grace.story());
      var again = temporal.simulator().ask(question).orElseThrow();
      assertFalse(again.isStale());
      assertFalse(again.graph().equals(first.graph()));
      assertEquals(2, temporal.simulator().run());
    }
  }

  @Test
  void whatWouldHaveBeenFollowsTheTrueWeights() throws Exception {
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      healthy(grace);

      var answer =
          grace
              .domain(TemporalDomain.class)
              .simulator()
              .ask(new Simulator.Question(Chain.LOAD, 20, 60))
              .orElseThrow();

      double load = answer.change().getOrDefault(Chain.LOAD, 0.0);
      double queue = answer.change().getOrDefault(Chain.QUEUE, 0.0);
      double delay = answer.change().getOrDefault(Chain.DELAY, 0.0);
      assertTrue(load > 5, answer.toString());
      // Two steps of sixty pass before the queue moves, and one more before the delay does.
      assertEquals(Chain.LOAD_TO_QUEUE * load, queue, 0.1 * load);
      assertEquals(Chain.LOAD_TO_QUEUE * Chain.QUEUE_TO_DELAY * load, delay, 0.1 * load);
    }
  }
}

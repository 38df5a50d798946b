package io.grace.domains.temporal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.govern.Undos;
import io.grace.core.model.Action;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.domains.Living;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the hands do under a warrant and how it is taken back; and where the series come from.
class TemporalHandsTest {
  private static final String CONFIG =
      """
      metrics:
        load: {unit: requests, direction: higher_is_worse, degraded: 1000, critical: 2000}
      services:
        orders: {}
        causal_graph: {mode: observe}
        forecaster: {mode: observe}
        simulator: {mode: observe}
      domains:
        temporal: {interval_ms: 100, step_seconds: 1, length: 300, fresh: 60, lags: 4, horizon: 2, series: [orders/load, orders/queue, orders/delay]}
      """;

  private final Instant later = Instant.now().plus(Duration.ofMinutes(1));
  private final Chain chain = new Chain(Instant.now().getEpochSecond() - 3_000);

  @TempDir Path directory;
  private Living grace;
  private TemporalDomain temporal;
  private ActionProvider hands;

  @BeforeEach
  void start() throws Exception {
    grace = Living.start(directory, Living.LENIENT + CONFIG);
    temporal = grace.domain(TemporalDomain.class);
    hands = temporal.hands().orElseThrow();
  }

  @AfterEach
  void stop() throws Exception {
    grace.close();
  }

  private static Action action(String name, String target) {
    return new Action(name, new ServiceId(target), Map.of());
  }

  private Result step(String run, String name, String target) throws InterruptedException {
    return hands.perform(Undos.step(run, action(name, target), later));
  }

  private void undo(String run, String name, String target) throws InterruptedException {
    assertInstanceOf(
        Result.Done.class, hands.perform(Undos.undo(run, action(name, target), later)));
  }

  @Test
  void tooLittleIsNoGraph() throws Exception {
    var failed =
        assertInstanceOf(Result.Failed.class, step("r-1", "rebuild_causal_graph", "causal_graph"));

    assertTrue(failed.passing());
  }

  @Test
  void aGraphIsPutBackAsItWasAlsoAfterARestart() throws Exception {
    chain.record(temporal.recorder(), 380);
    step("r-1", "rebuild_causal_graph", "causal_graph");
    byte[] first = temporal.graphs().current().orElseThrow().toBytes();
    chain.record(temporal.recorder(), 50);
    step("r-2", "rebuild_causal_graph", "causal_graph");
    assertFalse(Arrays.equals(first, temporal.graphs().current().orElseThrow().toBytes()));

    stop();
    start();
    undo("r-2", "restore_causal_graph", "causal_graph");
    assertArrayEquals(first, temporal.graphs().current().orElseThrow().toBytes());

    undo("r-1", "restore_causal_graph", "causal_graph");
    assertTrue(temporal.graphs().current().isEmpty());
  }

  @Test
  void aForecasterIsPutBackAsItWas() throws Exception {
    chain.record(temporal.recorder(), 380);
    byte[] none = temporal.forecasting().toBytes();
    assertInstanceOf(Result.Done.class, step("r-1", "retrain_forecaster", "forecaster"));
    byte[] first = temporal.forecasting().toBytes();
    assertEquals(
        new Result.Failed("nothing better was found", false),
        step("r-2", "retrain_forecaster", "forecaster"));
    assertArrayEquals(first, temporal.forecasting().toBytes());

    undo("r-1", "restore_forecaster", "forecaster");

    assertArrayEquals(none, temporal.forecasting().toBytes());
  }

  @Test
  void anUndoOfWhatWasNeverDoneChangesNothing() throws Exception {
    chain.record(temporal.recorder(), 380);
    step("r-1", "rebuild_causal_graph", "causal_graph");
    byte[] first = temporal.graphs().current().orElseThrow().toBytes();

    undo("r-9", "restore_causal_graph", "causal_graph");

    assertArrayEquals(first, temporal.graphs().current().orElseThrow().toBytes());
  }

  @Test
  void whatTheLoopMeasuresIsRecorded() {
    var orders = new ServiceId("orders");
    Instant first = Instant.ofEpochSecond(Instant.now().getEpochSecond() - 60);
    for (int i = 0; i < 30; i++) {
      var signal = new Signal(orders, new MetricId("load"), i, first.plusSeconds(i), "test");
      assertTrue(grace.node().offer(List.of(signal)));
    }

    grace.await(
        "the series",
        () ->
            temporal
                .recorder()
                .newest(Chain.LOAD, 100)
                .filter(r -> r.values().length == 29)
                .isPresent());
    assertEquals(28, temporal.recorder().newest(Chain.LOAD, 1).orElseThrow().values()[0]);
  }

  @Test
  void whatIsTornOnTheDiskIsMissingAndKeepsNothingFromStarting() throws Exception {
    chain.record(temporal.recorder(), 380);
    step("r-1", "rebuild_causal_graph", "causal_graph");
    step("r-2", "retrain_forecaster", "forecaster");
    assertFalse(temporal.forecasting().isWanting());
    stop();
    for (String file : List.of("graph", "forecasters")) {
      Path torn = directory.resolve(".grace/state/domains/temporal").resolve(file);
      Files.write(torn, Arrays.copyOf(Files.readAllBytes(torn), 50));
    }

    start();

    assertTrue(temporal.graphs().current().isEmpty());
    assertEquals(1, temporal.graphs().staleness().orElseThrow());
    assertTrue(temporal.forecasting().isWanting());
  }
}

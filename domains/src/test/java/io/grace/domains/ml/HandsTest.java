package io.grace.domains.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.govern.Undos;
import io.grace.core.model.Action;
import io.grace.core.model.Argument;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.domains.Living;
import io.grace.domains.ml.Version.Lineage;
import io.grace.domains.series.SeriesId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the hands do under a warrant, how it is taken back, and that a repeat does nothing.
class HandsTest {
  private static final String CONFIG =
      """
      services:
        inference_service: {mode: observe}
        auto_retrain: {mode: observe}
      domains:
        ml:
          step_seconds: 1
          workers: 2
          models:
            orders_latency: {series: orders/latency_ms, context: 12, horizon: 2, season: 12, hidden: 4, epochs: 3, length: 300}
      """;

  private static final String MODEL = "orders_latency";
  private final Instant later = Instant.now().plus(Duration.ofMinutes(1));

  @TempDir Path directory;
  private Living grace;
  private MlDomain ml;
  private ActionProvider hands;

  @BeforeEach
  void start() throws Exception {
    grace = Living.start(directory, Living.LENIENT + CONFIG);
    ml = grace.domain(MlDomain.class);
    hands = ml.hands().orElseThrow();
    new Wave(SeriesId.parse("orders/latency_ms"), Instant.now().getEpochSecond() - 2_000, 7)
        .record(ml.recorder(), 400);
  }

  @AfterEach
  void stop() throws Exception {
    grace.close();
  }

  private static Action action(String name, String target) {
    return new Action(name, new ServiceId(target), Map.of());
  }

  private int production() {
    return ml.registry().production(MODEL).map(Version::number).orElse(0);
  }

  private Result train(String run) throws InterruptedException {
    return hands.perform(Undos.step(run, action("retrain_model", "auto_retrain"), later));
  }

  @Test
  void aFirstVersionIsTrainedAndItsUndoLeavesNone() throws Exception {
    assertInstanceOf(Result.Done.class, train("r-1"));
    assertEquals(1, production());

    var undo = Undos.undo("r-1", action("restore_deployment", "auto_retrain"), later);
    assertInstanceOf(Result.Done.class, hands.perform(undo));

    assertEquals(0, production());
    assertEquals(Stage.ARCHIVED, ml.registry().version(MODEL, 1).orElseThrow().stage());
  }

  @Test
  void aRepeatUnderTheSameKeyDoesNothing() throws Exception {
    train("r-1");

    assertEquals(new Result.Done("already done under this key"), train("r-1"));

    assertEquals(1, ml.registry().versions(MODEL).size());
  }

  @Test
  void aModelThatIsNotDueIsNotTrained() throws Exception {
    train("r-1");

    assertEquals(new Result.Failed("no model is due to be trained", false), train("r-2"));
  }

  @Test
  void aRollbackIsTakenBack() throws Exception {
    train("r-1");
    Version v1 = ml.registry().production(MODEL).orElseThrow();
    var good = ModelArtifact.fromBytes(ml.registry().artifact(v1));
    ml.registry()
        .add(
            MODEL,
            ModelArtifact.of(good.model(), new double[400]).toBytes(),
            Lineage.UNKNOWN,
            Map.of(),
            Map.of());
    ml.registry().move(MODEL, 2, Stage.PRODUCTION, true);

    var step = Undos.step("r-2", action("rollback_deployment", "inference_service"), later);
    assertInstanceOf(Result.Done.class, hands.perform(step));
    assertEquals(1, production());
    var undo = Undos.undo("r-2", action("restore_deployment", "inference_service"), later);
    assertInstanceOf(Result.Done.class, hands.perform(undo));

    assertEquals(2, production());
    assertEquals(Stage.ARCHIVED, ml.registry().version(MODEL, 1).orElseThrow().stage());
  }

  @Test
  void aRollbackWithoutAnEarlierVersionChangesNothing() throws Exception {
    train("r-1");

    var step = Undos.step("r-2", action("rollback_deployment", "inference_service"), later);
    var result = assertInstanceOf(Result.Failed.class, hands.perform(step));

    assertTrue(result.detail().contains("no earlier version"), result.detail());
    assertEquals(1, production());
  }

  @Test
  void scalingIsTakenBackToWhatItWas() throws Exception {
    var scale =
        new Action(
            "scale_inference",
            new ServiceId("inference_service"),
            Map.of("delta", new Argument.Whole(3)));
    hands.perform(Undos.step("r-3", scale, later));
    assertEquals(5, ml.inference().workers());

    hands.perform(Undos.undo("r-3", action("restore_inference", "inference_service"), later));

    assertEquals(2, ml.inference().workers());
  }

  @Test
  void whatIsNotDeclaredIsRefused() throws Exception {
    var tooMuch =
        new Action(
            "scale_inference",
            new ServiceId("inference_service"),
            Map.of("delta", new Argument.Whole(9)));

    assertInstanceOf(Result.Failed.class, hands.perform(Undos.step("r-4", tooMuch, later)));
    assertInstanceOf(
        Result.Failed.class,
        hands.perform(Undos.step("r-5", action("retrain_model", "training_cluster"), later)));
    assertEquals(2, ml.inference().workers());
  }

  @Test
  void nothingStalledIsNothingToRecover() throws Exception {
    var step = Undos.step("r-6", action("checkpoint_recovery", "training_cluster"), later);

    assertEquals(new Result.Failed("no job is stalled", false), hands.perform(step));
  }
}

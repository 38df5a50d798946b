package io.grace.domains.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.Living;
import io.grace.domains.ml.Version.Lineage;
import io.grace.domains.series.SeriesId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model is broken for real, and healed by the one loop.
class ModelPoisonedTest {
  private static final String MODEL = "orders_latency";
  private static final SeriesId SERIES = SeriesId.parse("orders/latency_ms");

  private static final String CONFIG =
      """
      services:
        training_cluster: {settle: 0s}
        model_registry: {settle: 0s}
        inference_service: {settle: 0s}
        auto_retrain: {settle: 0s}
      domains:
        ml:
          interval: 200ms
          step_seconds: 1
          rest: 1h
          models:
            orders_latency: {series: orders/latency_ms, context: 12, horizon: 2, season: 12, hidden: 4, epochs: 3, length: 300}
      """;

  @TempDir Path directory;

  private static Wave healthy(Living grace) {
    var process = new Wave(SERIES, Instant.now().getEpochSecond() - 2_000, 7);
    process.record(grace.domain(MlDomain.class).recorder(), 400);
    grace.await("a first version", () -> production(grace) == 1 && grace.isCalm());
    return process;
  }

  private static int production(Living grace) {
    return grace.domain(MlDomain.class).registry().production(MODEL).map(Version::number).orElse(0);
  }

  private static double accuracy(Living grace) {
    return grace.domain(MlDomain.class).watch().look(Instant.now()).getFirst().accuracy().orElse(0);
  }

  private static void promote(Living grace, byte[] artifact) throws Exception {
    var ml = grace.domain(MlDomain.class);
    Version v1 = ml.registry().production(MODEL).orElseThrow();
    Version bad =
        ml.registry()
            .add(
                MODEL,
                artifact,
                Lineage.UNKNOWN,
                Map.of(),
                Map.of(Tags.LEARNT_UNTIL, v1.tags().get(Tags.LEARNT_UNTIL)));
    var fields = MlflowApi.object();
    fields.put("name", MODEL).put("version", String.valueOf(bad.number()));
    fields.put("stage", "Production").put("archive_existing_versions", true);
    var answer =
        ml.api().handle("POST", MlflowApi.PREFIX + "model-versions/transition-stage", fields);
    assertEquals(200, answer.status(), answer.toString());
    assertEquals(bad.number(), production(grace));
  }

  @Test
  void aModelThatIsDueIsTrainedByTheLoopAndBeatsNaive() throws Exception {
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      healthy(grace);

      Version v1 = grace.domain(MlDomain.class).registry().production(MODEL).orElseThrow();
      assertTrue(
          v1.metrics().getOrDefault("mae", 9e9) < 0.5 * v1.metrics().getOrDefault("naive_mae", 0.0),
          v1.toString());
      assertEquals("retrain_model", grace.proposed().getFirst());
      assertEquals(64, v1.lineage().data().length());
    }
  }

  @Test
  void aPoisonedVersionGivesWayToTheOneBeforeIt() throws Exception {
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      healthy(grace);
      var registry = grace.domain(MlDomain.class).registry();
      Version v1 = registry.production(MODEL).orElseThrow();

      promote(grace, Poison.of(registry.artifact(v1)));
      grace.await("the poisoned version is gone", () -> production(grace) == 1);
      grace.await("calm", grace::isCalm);

      assertTrue(grace.proposed().contains("rollback_deployment"), grace.story());
      assertEquals(2, grace.outcomes("succeeded"), grace.story());
      Version bad = registry.version(MODEL, 2).orElseThrow();
      assertEquals(Stage.ARCHIVED, bad.stage());
      assertTrue(bad.tags().containsKey(Tags.ROLLED_BACK));
    }
  }

  @Test
  void aVersionWhoseArtifactIsDamagedOnTheDiskGivesWay() throws Exception {
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      healthy(grace);
      var registry = grace.domain(MlDomain.class).registry();
      Version v1 = registry.production(MODEL).orElseThrow();
      var good = ModelArtifact.fromBytes(registry.artifact(v1));
      promote(
          grace,
          ModelArtifact.of(good.model(), Arrays.copyOfRange(good.reference(), 9, 200)).toBytes());
      Version v2 = registry.production(MODEL).orElseThrow();
      grace.await("the second version is good", () -> accuracy(grace) > 0.6);

      Path file = registry.artifactFile(v2);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      grace.await("the version before", () -> production(grace) == 1 && grace.isCalm());

      assertEquals(2, grace.outcomes("succeeded"), grace.story());
    }
  }

  @Test
  void aModelWhoseSeriesDriftedIsTrainedAnew() throws Exception {
    try (var grace =
        Living.start(directory, Living.LENIENT + CONFIG.replace("rest: 1h", "rest: 1s"))) {
      Wave process = healthy(grace);
      var ml = grace.domain(MlDomain.class);

      process.level = 400;
      process.season = 7;
      process.record(ml.recorder(), 400);
      grace.await("a second version", () -> production(grace) == 2 && grace.isCalm());

      assertEquals(2, grace.outcomes("succeeded"), grace.story());
      assertEquals(1, ml.registry().version(MODEL, 2).orElseThrow().lineage().parent());
      assertTrue(accuracy(grace) > 0.45);
    }
  }
}

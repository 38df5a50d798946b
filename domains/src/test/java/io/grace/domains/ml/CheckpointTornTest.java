package io.grace.domains.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.Living;
import io.grace.domains.disk.WholeFile;
import io.grace.intelligence.neural.Series;
import io.grace.intelligence.neural.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training is killed for real and its newest checkpoint cut for real, and the loop recovers it.
class CheckpointTornTest {
  private static final String CONFIG =
      """
      services:
        training_cluster: {settle: 0s}
        auto_retrain: {mode: observe}
      domains:
        ml:
          interval: 200ms
          step_seconds: 1
          models:
            orders_latency: {series: orders/latency_ms, context: 12, horizon: 2, season: 12, hidden: 4, epochs: 60, length: 300}
      """;

  @TempDir Path directory;

  private Path jobs() {
    return directory.resolve(".grace/state/domains/ml/jobs");
  }

  private Path job() {
    return jobs().resolve("job-killed");
  }

  private List<Path> checkpoints() throws Exception {
    try (var files = Files.list(job())) {
      return files
          .filter(f -> f.getFileName().toString().matches("checkpoint-\\d+"))
          .sorted()
          .toList();
    }
  }

  /// Trains in a process of its own, and kills it after a few checkpoints.
  private void trainAndKill() throws Exception {
    Files.createDirectories(jobs());
    long from = Instant.now().getEpochSecond() - 1_000;
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrainUntilKilled.class.getName(),
                jobs().toString(),
                String.valueOf(from))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("trained.txt").toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(job().resolve("checkpoint-000005"))
        && process.isAlive()
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    process.destroyForcibly();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertTrue(
        Files.exists(job().resolve("checkpoint-000005")),
        Files.readString(directory.resolve("trained.txt")));
    assertEquals(Job.State.OPEN, Job.read(job()).state(), "it was killed too late");
  }

  private void tear(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
  }

  @Test
  void aKilledTrainingWithATornCheckpointIsRecoveredByTheLoop() throws Exception {
    trainAndKill();
    Path newest = checkpoints().getLast();
    tear(newest);

    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      var ml = grace.domain(MlDomain.class);
      grace.await(
          "the job is over",
          () -> ml.jobs().status("job-killed").orElseThrow().state() == Jobs.State.DONE);
      grace.await("a verified run", () -> grace.outcomes("succeeded") == 1);

      assertEquals(List.of("checkpoint_recovery"), grace.proposed());
      assertTrue(Files.exists(newest.resolveSibling(newest.getFileName() + ".torn")));
      Version version = ml.registry().production("orders_latency").orElseThrow();
      assertArrayEquals(
          trainedInOneGo(),
          ModelArtifact.fromBytes(ml.registry().artifact(version)).model().toBytes(),
          "what was resumed must end with the same bits");
    }
  }

  private byte[] trainedInOneGo() throws Exception {
    var data = Job.readData(job());
    var spec = TrainUntilKilled.SPEC;
    double[] learnt = Arrays.copyOf(data.values(), data.values().length - spec.judged());
    var training = Training.start(spec.plan(42), List.of(Series.of(learnt)));
    while (!training.isDone()) {
      training.epoch();
    }
    return training.best().toBytes();
  }

  @Test
  void aTornCheckpointIsPassedOverForTheNewestWholeOne() throws Exception {
    Path own = Files.createDirectories(job());
    var checkpoints = new Checkpoints(own);
    for (int i = 1; i <= 5; i++) {
      checkpoints.write(i, new byte[] {(byte) i});
    }
    assertEquals(3, checkpoints().size());

    tear(own.resolve("checkpoint-000005"));

    assertEquals(List.of(own.resolve("checkpoint-000005")), checkpoints.torn());
    assertArrayEquals(new byte[] {4}, checkpoints.newestWhole().orElseThrow());
  }

  @Test
  void everyCutAndEveryFlippedByteOfAFileIsSeen() throws Exception {
    Path file = directory.resolve("file");
    WholeFile.write(file, new byte[] {1, 2, 3, 4, 5});
    byte[] whole = Files.readAllBytes(file);

    for (int i = 0; i < whole.length; i++) {
      Files.write(file, Arrays.copyOf(whole, i));
      assertTrue(!WholeFile.isWhole(file), "cut at " + i);
      byte[] flipped = whole.clone();
      flipped[i] ^= 4;
      Files.write(file, flipped);
      assertTrue(!WholeFile.isWhole(file), "flipped at " + i);
    }
    Files.write(file, whole);
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, WholeFile.read(file));
  }

  @Test
  void aJobThatCannotBeReadIsPassedOver() throws Exception {
    var good = new Job("good", TrainUntilKilled.SPEC, 0, 1, 1, Job.State.DONE, "over");
    var bad = new Job("bad", TrainUntilKilled.SPEC, 0, 1, 1, Job.State.OPEN, "torn");
    for (Job job : List.of(good, bad)) {
      job.write(Files.createDirectories(jobs().resolve(job.id())));
    }
    tear(jobs().resolve("bad").resolve("job"));

    assertEquals(List.of(good), new JobDirectories(jobs()).jobs());
  }
}

package io.grace.domains.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.Living;
import io.grace.domains.series.SeriesId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More is asked than the workers can answer, and the loop makes room.
class InferenceScaledTest {
  private static final SeriesId SERIES = SeriesId.parse("orders/latency_ms");

  private static final String CONFIG =
      """
      services:
        inference_service: {settle: 0s}
        auto_retrain: {settle: 0s}
      domains:
        ml:
          interval: 200ms
          step_seconds: 1
          workers: 1
          wait: 0ms
          latency_window: 1s
          models:
            big: {series: orders/latency_ms, context: 200, horizon: 8, hidden: 64, epochs: 1, season: 12, length: 800}
      """;

  @TempDir Path directory;

  @Test
  void refusedQuestionsHaveTheLoopMakeRoom() throws Exception {
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      var ml = grace.domain(MlDomain.class);
      new Wave(SERIES, Instant.now().getEpochSecond() - 3_000, 3).record(ml.recorder(), 820);
      grace.await(
          "a first version", () -> ml.registry().production("big").isPresent() && grace.isCalm());
      assertEquals(1, ml.inference().workers());
      double[] past = ml.recorder().newest(SERIES, 400).orElseThrow().values();

      var stop = new AtomicBoolean();
      var refused = new AtomicLong();
      var askers = new ArrayList<Thread>();
      for (int i = 0; i < 2; i++) {
        askers.add(Thread.ofPlatform().start(() -> ask(ml, past, stop, refused)));
      }
      try {
        grace.await("refusals", () -> refused.get() > 5);
        grace.await("a second worker", () -> ml.inference().workers() >= 2);
        grace.await("calm", grace::isCalm);
      } finally {
        stop.set(true);
      }
      for (Thread asker : askers) {
        asker.join();
      }

      assertTrue(grace.proposed().contains("scale_inference"), grace.story());
      assertEquals(2, grace.outcomes("succeeded"), grace.story());
      assertEquals(0, ml.inference().lately().refusedRatio(), 0.05);
    }
  }

  private static void ask(MlDomain ml, double[] past, AtomicBoolean stop, AtomicLong refused) {
    while (!stop.get()) {
      try {
        ml.inference().predict("big", past);
      } catch (Refused _) {
        refused.incrementAndGet();
        Thread.onSpinWait();
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  @Test
  void theNumberOfWorkersOutlivesARestart() throws Exception {
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      grace.domain(MlDomain.class).inference().resize(3);
    }
    try (var grace = Living.start(directory, Living.LENIENT + CONFIG)) {
      assertEquals(3, grace.domain(MlDomain.class).inference().workers());
    }
  }

  @Test
  void aChangedLimitLetsThoseInWhoWait() throws Exception {
    var workers = new Workers(1, Duration.ofSeconds(20));
    assertTrue(workers.enter());
    var isIn = new CountDownLatch(1);
    Thread second =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (workers.enter()) {
                  isIn.countDown();
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });

    workers.resize(2);

    assertTrue(isIn.await(10, TimeUnit.SECONDS));
    second.join();
  }
}

package io.grace.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import io.grace.runtime.Await;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class CollectorTest {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final List<Signal> taken = new CopyOnWriteArrayList<>();

  @Test
  void signalsAreHandedOnRoundAfterRound() throws Exception {
    try (var collector = collector(source("good", now -> List.of(signal(now))))) {
      Await.until("five rounds", () -> taken.size() >= 5);

      assertTrue(collector.rounds().collected() >= 5);
      assertEquals(0, collector.rounds().failed());
    }
  }

  @Test
  void sourceThatThrowsIsCountedAndHarmsNoOther() throws Exception {
    var bad =
        source(
            "bad",
            _ -> {
              throw new IllegalStateException("broken");
            });
    try (var collector = collector(bad, source("good", now -> List.of(signal(now))))) {
      Await.until("failures", () -> collector.rounds().failed() >= 3);
      Await.until("signals", () -> taken.size() >= 3);
    }
  }

  @Test
  void sourceThatHangsIsNeverAskedTwiceAtOnce() throws Exception {
    var release = new AtomicBoolean();
    var asked = new AtomicInteger();
    var deaf =
        source(
            "deaf",
            _ -> {
              asked.incrementAndGet();
              while (!release.get()) {
                // Interrupted again and again, and not listening.
                var _ = Thread.interrupted();
                LockSupport.parkNanos(1_000_000);
              }
              return List.of();
            });
    try (var collector = collector(deaf)) {
      Await.until("rounds are skipped", () -> collector.rounds().skipped() >= 3);

      assertEquals(1, asked.get());
      release.set(true);
      Await.until("it is asked again", () -> asked.get() > 1);
    }
  }

  @Test
  void sourceThatIsTooSlowIsInterrupted() throws Exception {
    var slow =
        source(
            "slow",
            _ -> {
              Thread.sleep(60_000);
              return List.of();
            });
    try (var collector = collector(slow)) {
      Await.until("it failed", () -> collector.rounds().failed() >= 2);
    }
  }

  @Test
  void signalsThatNobodyCanTakeAreDroppedAndCounted() throws Exception {
    var sources = List.of(source("good", now -> List.of(signal(now))));
    try (var collector =
        new Collector(sources, _ -> false, InstantSource.system(), new Random(1))) {
      Await.until("drops", () -> collector.rounds().dropped() >= 3);
    }
  }

  @Test
  void afterClosingNothingIsAsked() throws Exception {
    var asked = new AtomicInteger();
    var collector =
        collector(
            source(
                "good",
                _ -> {
                  asked.incrementAndGet();
                  return List.of();
                }));
    Await.until("it runs", () -> asked.get() >= 2);

    collector.close();

    int before = asked.get();
    long later = System.nanoTime() + INTERVAL.multipliedBy(4).toNanos();
    Await.until("some rounds later", () -> System.nanoTime() > later);
    assertEquals(before, asked.get());
  }

  @Test
  void namesMustDiffer() {
    assertThrows(
        IllegalArgumentException.class,
        () -> collector(source("a", _ -> List.of()), source("a", _ -> List.of())));
  }

  private Collector collector(TelemetrySource... sources) {
    return new Collector(List.of(sources), taken::addAll, InstantSource.system(), new Random(1));
  }

  private static Signal signal(Instant now) {
    return new Signal(new ServiceId("orders"), new MetricId("up"), 1, now, "test");
  }

  private interface Collecting {
    List<Signal> collect(Instant now) throws InterruptedException;
  }

  private static TelemetrySource source(String name, Collecting collecting) {
    return new TelemetrySource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Duration interval() {
        return INTERVAL;
      }

      @Override
      public List<Signal> collect(Instant now) throws InterruptedException {
        return collecting.collect(now);
      }
    };
  }
}

package io.grace.core.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.fixture.Samples;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Health;
import io.grace.core.model.Health.Status;
import io.grace.core.model.Metric;
import io.grace.core.model.Metric.Direction;
import io.grace.core.model.MetricId;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthMonitorTest {
  private static final Instant NOW = Shop.NOW;
  private static final HealthMonitor MONITOR =
      new HealthMonitor(Shop.OPEN.policy().metrics(), Duration.ofSeconds(60));

  @Test
  void noDataIsUnknown() {
    assertEquals(Health.UNKNOWN, assess(new Samples()));
  }

  @Test
  void staleDataIsUnknown() {
    var stale = new Samples().add(Shop.ORDERS, Shop.LATENCY, NOW.minusSeconds(61), 100);

    assertEquals(Status.UNKNOWN, assess(stale).status());
  }

  @Test
  void metricThatNobodyDeclaredSaysNothing() {
    var other = new Samples().add(Shop.ORDERS, new MetricId("moon_phase"), NOW, 1);

    assertEquals(Status.UNKNOWN, assess(other).status());
  }

  @Test
  void oneOutlierChangesNothing() {
    assertEquals(Status.HEALTHY, assess(latencies(100, 9000, 120)).status());
  }

  @Test
  void twoOfThreeBadSamplesAreASymptom() {
    Health health = assess(latencies(100, 900, 800));

    assertEquals(Status.DEGRADED, health.status());
    assertEquals(800, health.symptoms().getFirst().value());
  }

  @Test
  void firstBadSampleCountsWhereThereIsNoHistory() {
    assertEquals(Status.CRITICAL, assess(latencies(3000)).status());
  }

  @Test
  void lowerIsWorseWhereTheMetricSaysSo() {
    assertEquals(Status.CRITICAL, assess(new Samples().add(Shop.ORDERS, Shop.UP, NOW, 0)).status());
    assertEquals(Status.HEALTHY, assess(new Samples().add(Shop.ORDERS, Shop.UP, NOW, 1)).status());
  }

  @Test
  void fiveStrongestSymptomsAreKept() {
    var metrics = new HashMap<MetricId, Metric>();
    var samples = new Samples();
    for (int i = 1; i <= 7; i++) {
      var id = new MetricId("m" + i);
      metrics.put(id, new Metric(id, "x", Direction.HIGHER_IS_WORSE, 10, 20));
      samples.add(Shop.ORDERS, id, NOW, 10 + i);
    }
    var monitor = new HealthMonitor(metrics, Duration.ofSeconds(60));

    var kept = monitor.assess(Shop.ORDERS, samples, Snapshot.EMPTY, NOW).symptoms();

    assertEquals(
        List.of("m7", "m6", "m5", "m4", "m3"), kept.stream().map(s -> s.metric().value()).toList());
  }

  @Test
  void samplesThatDisagreeLowerConfidence() {
    assertEquals(1, assess(latencies(900, 900, 900)).confidence());
    assertEquals(2 / 3.0, assess(latencies(900, 100, 900)).confidence(), 1e-9);
  }

  @Test
  void silentMetricLowersConfidence() {
    var half =
        latencies(100, 100, 100).add(Shop.ORDERS, Shop.ERRORS, NOW.minusSeconds(300), 0, 0, 0);

    assertTrue(assess(half).confidence() < 1);
  }

  @Test
  void orderOfMetricsMakesNoDifference() {
    Instant at = NOW.minusSeconds(5);
    var one =
        new Samples()
            .add(Shop.ORDERS, Shop.ERRORS, at, 0.5, 0, 0)
            .add(Shop.ORDERS, Shop.LATENCY, at, 900, 900, 900);
    var other =
        new Samples()
            .add(Shop.ORDERS, Shop.LATENCY, at, 900, 900, 900)
            .add(Shop.ORDERS, Shop.ERRORS, at, 0.5, 0, 0);

    assertEquals(assess(one), assess(other));
  }

  private static Samples latencies(double... values) {
    return new Samples().add(Shop.ORDERS, Shop.LATENCY, NOW.minusSeconds(5), values);
  }

  private static Health assess(Samples samples) {
    return MONITOR.assess(Shop.ORDERS, samples, Snapshot.EMPTY, NOW);
  }
}

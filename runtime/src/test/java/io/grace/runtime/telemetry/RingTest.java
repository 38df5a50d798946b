package io.grace.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.monitor.Readings.Reading;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RingTest {
  private static final ServiceId ORDERS = new ServiceId("orders");
  private static final MetricId UP = new MetricId("up");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Ring ring = new Ring(100, 3, InstantSource.fixed(NOW));

  @Test
  void newestComeFirstWithinLimitAndSince() {
    for (int i = 0; i < 5; i++) {
      assertTrue(ring.add(signal("up", i, NOW.plusSeconds(i))));
    }

    assertEquals(
        List.of(new Reading(4, NOW.plusSeconds(4)), new Reading(3, NOW.plusSeconds(3))),
        ring.newest(ORDERS, UP, NOW, 2));
    assertEquals(3, ring.newest(ORDERS, UP, NOW.plusSeconds(2), 10).size());
    assertEquals(5, ring.newest(ORDERS, UP, Instant.MIN, 10).size());
  }

  @Test
  void ringAgreesWithAPlainQueueWhateverItsLength() {
    var random = new Random(7);
    for (int capacity = 1; capacity <= 70; capacity++) {
      var small = new Ring(capacity, 1, InstantSource.fixed(NOW));
      var model = new ArrayDeque<Double>();
      for (int i = 0; i < random.nextInt(200); i++) {
        assertTrue(small.add(signal("up", i, NOW.minusSeconds(1000 - i))));
        model.addFirst((double) i);
        if (model.size() > capacity) {
          model.removeLast();
        }
      }

      var values =
          small.newest(ORDERS, UP, Instant.EPOCH, 1000).stream().map(Reading::value).toList();
      assertEquals(List.copyOf(model), values, "capacity " + capacity);
    }
  }

  @Test
  void lateSampleIsRefusedAndCounted() {
    ring.add(signal("up", 1, NOW));

    assertFalse(ring.add(signal("up", 2, NOW.minusMillis(1))));
    assertTrue(ring.add(signal("up", 3, NOW)));
    assertEquals(new Ring.Refused(1, 0, 0), ring.refused());
  }

  @Test
  void sampleFromTheFutureIsRefusedAndCounted() {
    assertTrue(ring.add(signal("up", 1, NOW.plusSeconds(30))));
    assertFalse(ring.add(signal("up", 1, NOW.plusSeconds(31))));
    assertEquals(new Ring.Refused(0, 1, 0), ring.refused());
  }

  @Test
  void oneSeriesTooManyIsRefusedAndTheOthersGoOn() {
    for (var metric : List.of("a", "b", "c")) {
      assertTrue(ring.add(signal(metric, 1, NOW)));
    }

    assertFalse(ring.add(signal("d", 1, NOW)));
    assertTrue(ring.add(signal("a", 2, NOW)));
    assertEquals(new Ring.Refused(0, 0, 1), ring.refused());
    assertEquals(
        Set.of(new MetricId("a"), new MetricId("b"), new MetricId("c")), ring.metrics(ORDERS));
  }

  @Test
  void lastHeardIsTheNewestOfAllMetrics() {
    assertEquals(Optional.empty(), ring.lastHeard(ORDERS));
    ring.add(signal("a", 1, NOW));
    ring.add(signal("b", 1, NOW.minusSeconds(5)));

    assertEquals(Optional.of(NOW), ring.lastHeard(ORDERS));
  }

  private static Signal signal(String metric, double value, Instant at) {
    return new Signal(ORDERS, new MetricId(metric), value, at, "test");
  }
}

package io.grace.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grace.core.event.Event;
import io.grace.core.model.Health;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.plan.Ranker;
import io.grace.core.policy.Policy;
import io.grace.core.spi.Journal;
import io.grace.core.state.Snapshot;
import io.grace.runtime.loop.ControlLoop;
import io.grace.runtime.loop.Input;
import io.grace.runtime.loop.Senses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlLoopTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final ServiceId ORDERS = new ServiceId("orders");
  private static final ServiceId PAYMENTS = new ServiceId("payments");

  private final Policy policy = SimPolicy.draw(new Dice(1), NOW);
  private final SimReadings readings = new SimReadings();
  private boolean isFull;
  private final ControlLoop loop =
      new ControlLoop(
          policy,
          Duration.ofHours(1),
          Ranker.AS_EXPECTED,
          this::append,
          new Senses(readings, readings::add),
          _ -> {},
          Snapshot.EMPTY,
          _ -> {});

  @Test
  void whatWasHeardWhileTheJournalWasAwayIsJudgedWhenItIsBack() throws Journal.Unavailable {
    loop.begin(1, "test", NOW);
    loop.cycle(List.of(up(ORDERS, 0), up(PAYMENTS, 0)), NOW);
    isFull = true;
    assertThrows(
        Journal.Unavailable.class, () -> loop.cycle(List.of(up(ORDERS, 5, 0)), NOW.plusSeconds(5)));
    isFull = false;

    loop.cycle(List.of(), NOW.plusSeconds(6));

    assertEquals(Health.Status.DEGRADED, status(ORDERS));
  }

  @Test
  void silenceIsNoticedAfterTheJournalWasAway() throws Journal.Unavailable {
    loop.begin(1, "test", NOW);
    isFull = true;
    assertThrows(Journal.Unavailable.class, () -> loop.cycle(List.of(up(ORDERS, 0)), NOW));
    isFull = false;
    loop.cycle(List.of(), NOW.plusSeconds(1));
    assertEquals(Health.Status.HEALTHY, status(ORDERS));

    loop.cycle(List.of(), NOW.plusSeconds(41));

    assertEquals(Health.Status.UNKNOWN, status(ORDERS));
  }

  private Health.Status status(ServiceId service) {
    return loop.snapshot().health(service).status();
  }

  private static Input up(ServiceId service, int seconds) {
    return up(service, seconds, 1);
  }

  private static Input up(ServiceId service, int seconds, double value) {
    return new Input.Signals(
        List.of(new Signal(service, SimPolicy.UP, value, NOW.plusSeconds(seconds), "test")));
  }

  private void append(List<Event> events) throws Journal.Unavailable {
    if (isFull) {
      throw new Journal.Unavailable("full", false, new IllegalStateException("full"));
    }
  }
}

package io.grace.app.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AsideTest {
  private static final Duration FRESH = Duration.ofMinutes(1);

  /// Nothing here takes so long unless it is broken.
  private static final Duration LONG = Duration.ofSeconds(10);

  private Instant now = Instant.parse("2026-11-26T10:00:00Z");
  private final InstantSource clock = () -> now;
  private final AtomicInteger worked = new AtomicInteger();

  private Aside<Integer> counting() {
    return aside(worked::incrementAndGet, LONG);
  }

  private Aside<Integer> aside(Callable<Integer> work, Duration patience) {
    return new Aside<>("test", work, FRESH, patience, clock);
  }

  @Test
  void freshValueIsNotWorkedOutAgain() throws Exception {
    var aside = counting();
    assertEquals(new Aside.Done<>(1, now), aside.look());
    now = now.plusSeconds(59);
    assertEquals(1, value(aside));

    now = now.plusSeconds(1);

    assertEquals(2, value(aside));
  }

  @Test
  void renewedValueIsWorkedOutAgain() throws Exception {
    var aside = counting();
    assertEquals(1, value(aside));

    aside.renew();

    assertEquals(2, value(aside));
  }

  @Test
  void whoeverWillNotWaitIsToldThatItIsWorkedOut() throws Exception {
    var end = new CountDownLatch(1);
    var aside =
        aside(
            () -> {
              end.await();
              return worked.incrementAndGet();
            },
            Duration.ZERO);

    assertEquals(new Aside.Working<Integer>(now), aside.look());
    assertEquals(new Aside.Working<Integer>(now), aside.look());

    end.countDown();
    while (!(aside.look() instanceof Aside.Done<Integer> done)) {
      Thread.onSpinWait();
    }
    assertEquals(1, done.value()); // Once for both.
  }

  @Test
  void failureIsSaidAndNotTriedAgainAtOnce() throws Exception {
    var aside =
        aside(
            () -> {
              throw new IllegalStateException("no disk " + worked.incrementAndGet());
            },
            LONG);

    assertEquals(new Aside.Failed<Integer>("no disk 1", now), aside.look());
    assertEquals(new Aside.Failed<Integer>("no disk 1", now), aside.look());
    now = now.plus(FRESH);
    assertEquals(new Aside.Failed<Integer>("no disk 2", now), aside.look());
  }

  private static int value(Aside<Integer> aside) throws InterruptedException {
    return assertInstanceOf(Aside.Done.class, aside.look()).value() instanceof Integer i ? i : -1;
  }
}

package io.grace.lab.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final long LATER = CircuitBreaker.OPEN_FOR.toNanos();

  private final CircuitBreaker breaker = new CircuitBreaker();

  @Test
  void opensAfterSoManyFailuresInARow() {
    fail(CircuitBreaker.FAILURES_TO_OPEN - 1);
    assertTrue(breaker.admits(0));

    breaker.failed(0);

    assertFalse(breaker.admits(LATER - 1));
  }

  @Test
  void successForgetsEarlierFailures() {
    fail(CircuitBreaker.FAILURES_TO_OPEN - 1);
    breaker.succeeded();

    fail(1);

    assertEquals(new CircuitBreaker.Closed(1), breaker.state());
  }

  @Test
  void oneProbeIsAdmittedWhenItIsDue() {
    fail(CircuitBreaker.FAILURES_TO_OPEN);

    assertTrue(breaker.admits(LATER));
    assertFalse(breaker.admits(LATER));

    breaker.succeeded();
    assertTrue(breaker.admits(LATER));
  }

  @Test
  void failedProbeOpensItAgain() {
    fail(CircuitBreaker.FAILURES_TO_OPEN);
    assertTrue(breaker.admits(LATER));

    breaker.failed(LATER);

    assertFalse(breaker.admits(2 * LATER - 1));
    assertTrue(breaker.admits(2 * LATER));
  }

  @Test
  void lateSuccessDoesNotCloseAnOpenBreaker() {
    fail(CircuitBreaker.FAILURES_TO_OPEN);

    breaker.succeeded();

    assertInstanceOf(CircuitBreaker.Open.class, breaker.state());
  }

  @Test
  void stuckBreakerNeverProbesUntilReset() {
    breaker.loseTimer();
    assertFalse(breaker.admits(1_000 * LATER));

    breaker.reset();

    assertTrue(breaker.admits(0));
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(0);
    }
  }
}

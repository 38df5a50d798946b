package io.grace.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test
  void defaultsAreValidThemselves() {
    assertEquals(Duration.ofMinutes(10), Limits.DEFAULTS.runTimeout());
  }
}

package io.grace.lab.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole way from a fault to the end of its incident, with a real Prometheus and Alertmanager.
/// Skipped where they are not installed, unless `GRACE_REQUIRE_PROMETHEUS` is set.
class SenseDemoTest {
  @ParameterizedTest
  @EnumSource
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void faultIsHeardOfHealedAndOver(SenseDemo.Way way) throws Exception {
    boolean isRequired = System.getenv("GRACE_REQUIRE_PROMETHEUS") != null;
    assumeTrue(
        isRequired || Monitoring.missing().isEmpty(),
        () -> "skipped: " + Monitoring.missing().orElse("") + " is not installed");
    var said = new ByteArrayOutputStream();

    boolean isHealed = SenseDemo.run(way, new PrintStream(said, true, StandardCharsets.UTF_8));

    assertTrue(isHealed, () -> said.toString(StandardCharsets.UTF_8));
  }
}

package io.grace.lab.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KillDrillTest {
  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void aKillInAnyPhaseLosesNothingAndRepeatsNothing() throws Exception {
    var said = new ByteArrayOutputStream();
    var out = new PrintStream(said, true, StandardCharsets.UTF_8);

    boolean held = KillDrill.run(out, List.of(Phase.values()), 1, 1);

    assertTrue(held, () -> said.toString(StandardCharsets.UTF_8));
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void aStructuredPlaybookSurvivesAKillAnywhere() throws Exception {
    var said = new ByteArrayOutputStream();

    boolean held = StructuredDrill.run(new PrintStream(said, true, StandardCharsets.UTF_8));

    assertTrue(held, () -> said.toString(StandardCharsets.UTF_8));
  }
}

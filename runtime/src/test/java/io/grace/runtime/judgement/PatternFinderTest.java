package io.grace.runtime.judgement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.IncidentId;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Trigger;
import io.grace.core.policy.TriageRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What follows what, learnt from what is recorded.
class PatternFinderTest {
  @TempDir Path dir;

  private final Random random = new Random(3);
  private final PatternFinder patterns = PatternFinder.fresh();
  private Instant now = Web.NOW;

  @Test
  void whatFollowsTimeAndAgainIsForetoldOnceItsCauseCame() {
    history(60);
    patterns.collect(now);
    fall(Web.B);

    List<Report> found = patterns.collect(now.plusSeconds(20));

    Trigger trigger = ((Report.Found) found.getFirst()).trigger();
    assertEquals(Optional.of(Web.A), trigger.service());
    assertEquals("pattern web-b latency_spike", trigger.source());
    assertTrue(trigger.isForecast(), trigger.toString());
    assertTrue(trigger.confidence() > 0.6, trigger.toString());
    assertTrue(trigger.evidence().startsWith("`web-a latency_spike` follows"), trigger.evidence());
  }

  @Test
  void nothingIsForetoldOfWhatHasNothingToDoWithEachOther() {
    for (int i = 0; i < 120; i++) {
      now = now.plusSeconds(3_600 + random.nextInt(20_000));
      fall(random.nextBoolean() ? Web.A : Web.B);
    }

    assertEquals(List.of(), patterns.collect(now.plusSeconds(20)));
    assertEquals(List.of(), patterns.rules());
  }

  @Test
  void whatWasLearntOutlivesTheProcess() {
    history(60);
    patterns.collect(now);
    PatternFile.write(dir, patterns);

    PatternFinder next = PatternFile.read(dir);

    assertEquals(patterns.rules(), next.rules());
    assertArrayEquals(patterns.bytes(), next.bytes());
  }

  @Test
  void damagedFileIsNoReasonNotToStart() throws IOException {
    Files.write(dir.resolve("patterns"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});

    assertEquals(List.of(), PatternFile.read(dir).rules());
  }

  /// B falls sick now and then, and A mostly a few minutes later; B alone at other times.
  private void history(int times) {
    for (int i = 0; i < times; i++) {
      now = now.plusSeconds(20_000 + random.nextInt(40_000));
      fall(Web.B);
      if (random.nextDouble() < 0.9) {
        now = now.plusSeconds(60 + random.nextInt(180));
        fall(Web.A);
      }
    }
    now = now.plus(Duration.ofHours(5));
  }

  private void fall(ServiceId service) {
    patterns.accept(
        List.of(
            (Event)
                new IncidentDiagnosed(
                    new IncidentId("i-000001"),
                    new Diagnosis(
                        service,
                        TriageRule.LATENCY_SPIKE,
                        Severity.MEDIUM,
                        1,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        "slow"),
                    now)));
  }
}

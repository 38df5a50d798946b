package io.grace.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.Event.HealthChanged;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.LifeStarted;
import io.grace.core.event.Event.MetaCycled;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunVerified;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Finding;
import io.grace.core.model.Hash;
import io.grace.core.model.Health;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetaCycle;
import io.grace.core.model.MetaCycle.Guardrail;
import io.grace.core.model.Mode;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetaStageTest {
  private static final Instant NOW = Shop.NOW;
  private static final MetaStage STAGE = new MetaStage(Duration.ofSeconds(120));

  @Test
  void looksOnlyWhenItIsTime() {
    Snapshot looked = life().after(STAGE.decide(life(), NOW));

    assertTrue(STAGE.decide(looked, NOW.plusSeconds(119)).isEmpty());
    assertEquals(1, STAGE.decide(looked, NOW.plusSeconds(120)).size());
  }

  @Test
  void neverLooksBeforeALifeBegins() {
    assertTrue(STAGE.decide(Snapshot.EMPTY, NOW).isEmpty());
  }

  @Test
  void twoRunsThatDidNotHelpTighten() {
    assertEquals(Guardrail.MAINTAIN, look(runs(0, 1)).guardrail());
    assertEquals(Guardrail.TIGHT, look(runs(0, 2)).guardrail());
  }

  @Test
  void moreHelpThanHarmDoesNotTighten() {
    assertEquals(Guardrail.MAINTAIN, look(runs(3, 2)).guardrail());
  }

  @Test
  void fiveRunsThatHelpedInCalmLoosen() {
    assertEquals(Guardrail.MAINTAIN, look(runs(4, 0)).guardrail());
    assertEquals(Guardrail.LOOSE, look(runs(5, 0)).guardrail());
    assertEquals(Guardrail.MAINTAIN, look(runs(5, 1)).guardrail());
  }

  @Test
  void whatIsOlderThanAnHourIsForgotten() {
    assertEquals(
        Guardrail.MAINTAIN, MetaStageTest.look(runs(0, 2), NOW.plusSeconds(3600)).guardrail());
  }

  @Test
  void halfOfTheServicesSickAtTheRootTighten() {
    assertEquals(Guardrail.MAINTAIN, look(sick(1, 4)).guardrail());
    assertEquals(Guardrail.TIGHT, look(sick(2, 4)).guardrail());
  }

  @Test
  void distressIsCountedAndCapped() {
    assertEquals(60, look(sick(2, 9)).distress());
    assertEquals(100, MetaCycle.distress(3, 1, 1));
  }

  private static MetaCycle look(Snapshot snapshot) {
    return look(snapshot, NOW);
  }

  private static MetaCycle look(Snapshot snapshot, Instant now) {
    return ((MetaCycled) STAGE.decide(snapshot, now).getFirst()).cycle();
  }

  private static Snapshot life() {
    return Snapshot.EMPTY.after(
        List.of(new LifeStarted(1, "test", Shop.OPEN.hash(), Mode.AUTONOMOUS, NOW)));
  }

  /// So many sick services of so many.
  private static Snapshot sick(int sick, int all) {
    var events = new ArrayList<Event>();
    for (int i = 0; i < all; i++) {
      var service = new ServiceId("s" + i);
      Health health = i < sick ? Shop.slow(1) : new Health(Health.Status.HEALTHY, 1, List.of());
      events.add(new HealthChanged(service, Health.Status.UNKNOWN, health, NOW));
      if (i < sick) {
        var id = new IncidentId("i-" + i);
        events.add(new IncidentOpened(id, service, Hash.sha256("x"), Severity.MEDIUM, NOW));
        events.add(new IncidentDiagnosed(id, Shop.diagnosis(service, 1), NOW));
      }
    }
    return life().after(events);
  }

  /// The outcomes of runs whose service is well again.
  private static Snapshot runs(int helped, int failed) {
    var events = new ArrayList<Event>();
    for (int i = 0; i < helped + failed; i++) {
      var run = new RunId("r-" + i);
      events.add(Shop.OPEN.proposed(run, Shop.ORDERS, NOW));
      events.add(new RunAdmitted(run, List.of(), NOW.plusSeconds(60), NOW));
      events.add(new StepStarted(run, 0, 0, 1, List.of(), NOW));
      boolean isHelp = i < helped;
      events.add(
          new StepEnded(run, 0, 0, isHelp ? StepOutcome.UNKNOWN : StepOutcome.FAILED, "", NOW));
      if (isHelp) {
        events.add(new RunVerified(run, Finding.PASSED, "", NOW));
      }
    }
    return life().after(events);
  }
}

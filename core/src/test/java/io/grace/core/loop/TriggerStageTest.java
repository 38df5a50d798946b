package io.grace.core.loop;

import static io.grace.core.fixture.Ear.off;
import static io.grace.core.fixture.Ear.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Sighting.TriggerFired;
import io.grace.core.event.Sighting.TriggerJudged;
import io.grace.core.fixture.Ear;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Edge;
import io.grace.core.model.Mode;
import io.grace.core.model.Report;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Trigger;
import io.grace.core.model.Trigger.Kind;
import io.grace.core.model.Trigger.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Each trigger that core finds, from what is really heard; and what becomes of triggers.
class TriggerStageTest {
  private static final Instant NOW = Shop.NOW;

  private final Ear ear = new Ear(Shop.OPEN.with(Mode.OBSERVE));

  @Test
  void muchThatIsSickAtOnceIsASystemicIssue() {
    ear.hear(NOW, on("A", service(1)), on("B", service(2)));
    assertTrue(fired(Kind.SYSTEMIC_ISSUE).isEmpty());

    ear.hear(NOW.plusSeconds(1), on("C", service(3)));

    Trigger trigger = fired(Kind.SYSTEMIC_ISSUE).getFirst();
    assertTrue(trigger.confidence() >= 0.85, trigger::toString);
    assertTrue(trigger.evidence().startsWith("3 of "), trigger::evidence);
  }

  @Test
  void sameDiagnosisInManyPlacesIsASystemicPattern() {
    ear.hear(NOW, on("A", service(1)), on("A", service(2)), on("A", service(3)));

    assertTrue(fired(Kind.SYSTEMIC_PATTERN).getFirst().evidence().contains("3 services"));
  }

  @Test
  void alertAndMeasurementThatAgreeAreACrossDomainAlert() {
    ear.hear(NOW, on("Slow", Shop.ORDERS));
    assertTrue(fired(Kind.CROSS_DOMAIN_ALERT).isEmpty());

    ear.measure(NOW.plusSeconds(1), Shop.ORDERS, Shop.LATENCY, 1500);

    assertEquals(Optional.of(Shop.ORDERS), fired(Kind.CROSS_DOMAIN_ALERT).getFirst().service());
  }

  @Test
  void serviceThatKeepsGettingSickIsAHealthDegradationAndARecurringPattern() {
    for (int i = 0; i < 3; i++) {
      ear.hear(NOW.plusSeconds(60L * i), on("Odd", Shop.ORDERS));
      ear.hear(NOW.plusSeconds(60L * i + 30), off("Odd", Shop.ORDERS));
    }

    assertEquals(1, fired(Kind.HEALTH_DEGRADATION).size());
    assertTrue(fired(Kind.PATTERN_DETECTED).getFirst().evidence().startsWith("recurring"));
  }

  @Test
  void sicknessThatClimbsAlongTheCallsIsASequence() {
    var stock = new ServiceId("stock");
    ear.hear(NOW, new Report.Calls("graph", Set.of(new Edge(Shop.PAYMENTS, stock))));
    ear.hear(NOW.plusSeconds(1), on("Down", stock));
    ear.hear(NOW.plusSeconds(20), on("Down", Shop.PAYMENTS));
    ear.hear(NOW.plusSeconds(40), on("Down", Shop.ORDERS));

    Trigger trigger = fired(Kind.ANOMALY_SEQUENCE).getFirst();
    assertTrue(trigger.evidence().contains("[stock, payments, orders]"), trigger::evidence);
  }

  @Test
  void runsThatBecomeSlowAreAPattern() {
    var slow = new Ear(Shop.OPEN);
    Instant at = NOW.minus(Duration.ofDays(3));
    for (int i = 0; i < 8; i++) {
      if (i == 4) {
        at = NOW;
      }
      slow.helped(
          new RunId("r-10000" + i), at.plusSeconds(i * 600L), Duration.ofSeconds(i < 4 ? 20 : 90));
    }

    slow.hear(NOW.plusSeconds(8 * 600));

    assertTrue(
        slow.all(TriggerFired.class).stream()
            .anyMatch(t -> t.trigger().evidence().startsWith("slowdown")),
        () -> slow.all(TriggerFired.class).toString());
  }

  @Test
  void forecastIsJudgedByWhatComes() {
    ear.hear(NOW, foretold(Shop.ORDERS, 0.9), foretold(Shop.PAYMENTS, 0.9));

    ear.hear(NOW.plusSeconds(60), on("Slow", Shop.ORDERS));
    ear.hear(NOW.plusSeconds(1801));

    assertEquals(
        List.of(Outcome.CAME_TRUE, Outcome.DID_NOT),
        ear.all(TriggerJudged.class).stream().map(TriggerJudged::outcome).limit(2).toList());
    assertEquals(
        Optional.of(Duration.ofSeconds(60)), ear.all(TriggerJudged.class).getFirst().lead());
    assertEquals(
        0.5, ear.snapshot().sensed().judged(Kind.ML_ANOMALY_FORECAST, "forecast test").precision());
  }

  @Test
  void whoIsMostlyWrongIsBelievedLess() {
    for (int i = 0; i < 4; i++) {
      Instant at = NOW.plusSeconds(i * 4000L);
      ear.hear(at, foretold(Shop.ORDERS, 0.9, at));
      ear.hear(at.plusSeconds(1801));
    }
    int before = fired(Kind.ML_ANOMALY_FORECAST).size();
    Instant later = NOW.plusSeconds(20_000);

    ear.hear(later, foretold(Shop.PAYMENTS, 0.9, later));

    assertEquals(before, fired(Kind.ML_ANOMALY_FORECAST).size());
  }

  @Test
  void triggersBelowTheirFamilysConfidenceOrSaidAlreadyAreNoNews() {
    ear.hear(NOW, foretold(Shop.ORDERS, 0.69));
    assertTrue(fired(Kind.ML_ANOMALY_FORECAST).isEmpty());

    ear.hear(NOW, foretold(Shop.ORDERS, 0.8), foretold(Shop.ORDERS, 0.9));
    ear.hear(NOW.plusSeconds(1), foretold(Shop.ORDERS, 0.95));

    assertEquals(1, fired(Kind.ML_ANOMALY_FORECAST).size());
  }

  @Test
  void familyHasItsCapByTheHour() {
    var many = new ArrayList<Report>();
    for (int i = 0; i < 40; i++) {
      many.add(foretold(service(i), 0.9));
    }

    ear.hear(NOW, many);

    assertEquals(20, fired(Kind.ML_ANOMALY_FORECAST).size());
  }

  @Test
  void triggerStartsNothing() {
    var acting = new Ear(Shop.OPEN);

    acting.hear(NOW, foretold(Shop.ORDERS, 0.99));

    assertTrue(acting.all(RunProposed.class).isEmpty());
    assertFalse(acting.snapshot().openIncident(Shop.ORDERS).isPresent());
  }

  private static Report foretold(ServiceId service, double confidence) {
    return foretold(service, confidence, NOW);
  }

  private static Report foretold(ServiceId service, double confidence, Instant at) {
    return new Report.Found(
        new Trigger(
            Kind.ML_ANOMALY_FORECAST,
            "forecast test",
            Optional.of(service),
            confidence,
            "it will be slow",
            at,
            at.plusSeconds(1800)));
  }

  private static ServiceId service(int number) {
    return new ServiceId("s" + number);
  }

  private List<Trigger> fired(Kind kind) {
    return ear.all(TriggerFired.class).stream()
        .map(TriggerFired::trigger)
        .filter(t -> t.kind() == kind)
        .toList();
  }
}

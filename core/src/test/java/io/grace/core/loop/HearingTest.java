package io.grace.core.loop;

import static io.grace.core.fixture.Ear.off;
import static io.grace.core.fixture.Ear.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event.HealthChanged;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentEscalated;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.IncidentResolved;
import io.grace.core.event.Event.ProposalSkipped;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Sighting.IncidentMerged;
import io.grace.core.event.Sighting.StormBegan;
import io.grace.core.event.Sighting.StormEnded;
import io.grace.core.fixture.Ear;
import io.grace.core.fixture.Runs;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Change;
import io.grace.core.model.Edge;
import io.grace.core.model.Health.Status;
import io.grace.core.model.Mode;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.policy.Limits;
import io.grace.core.policy.Sensing;
import io.grace.core.policy.TriageRule;
import io.grace.core.state.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What comes of what is heard: symptoms, incidents, storms.
class HearingTest {
  private static final Instant NOW = Shop.NOW;

  // ---- alerts

  @Test
  void alertMakesItsServiceSickAndIsProposedFor() {
    var ear = new Ear(Shop.OPEN);

    ear.hear(
        NOW,
        new Report.Firing(
            Ear.alert("Slow", Shop.ORDERS, Severity.CRITICAL, Optional.of(Shop.SPIKE))));

    assertEquals(Status.CRITICAL, ear.snapshot().health(Shop.ORDERS).status());
    assertEquals(Shop.SPIKE, ear.all(IncidentDiagnosed.class).getFirst().diagnosis().kind());
    assertEquals(1, ear.all(RunProposed.class).size());
  }

  @Test
  void alertThatKnowsNothingIsAGeneralDegradation() {
    var ear = new Ear(Shop.OPEN).hear(NOW, on("Odd", Shop.ORDERS));

    assertEquals(
        TriageRule.GENERAL_DEGRADATION,
        ear.all(IncidentDiagnosed.class).getFirst().diagnosis().kind());
  }

  @Test
  void incidentIsOverWhenItsOnlyAlertIs() {
    var ear = new Ear(Shop.OPEN.with(Mode.OBSERVE)).hear(NOW, on("Odd", Shop.ORDERS));

    ear.hear(NOW.plusSeconds(60), off("Odd", Shop.ORDERS));

    assertEquals(Status.HEALTHY, ear.snapshot().health(Shop.ORDERS).status());
    assertEquals(1, ear.all(IncidentResolved.class).size());
  }

  @Test
  void alertOfLowSeverityIsKnownAndNoSickness() {
    var ear =
        new Ear(Shop.OPEN)
            .hear(
                NOW,
                new Report.Firing(Ear.alert("Info", Shop.ORDERS, Severity.LOW, Optional.empty())));

    assertFalse(ear.snapshot().health(Shop.ORDERS).isSick());
    assertEquals(1, ear.snapshot().sensed().alerts().size());
  }

  @Test
  void alertOfADeadSourceSaysNothing() {
    var ear = new Ear(Shop.OPEN.with(Mode.OBSERVE)).hear(NOW, on("Odd", Shop.ORDERS));

    ear.measure(NOW.plusSeconds(5), Ear.PAGER.node(), Shop.UP, 0);

    assertEquals(Status.CRITICAL, ear.snapshot().health(Ear.PAGER.node()).status());
    assertEquals(Status.UNKNOWN, ear.snapshot().health(Shop.ORDERS).status());
    assertTrue(
        ear.all(IncidentOpened.class).stream().anyMatch(i -> i.service().equals(Ear.PAGER.node())),
        "a source that dies is an incident itself");
  }

  @Test
  void alertThatOutlivesItsCureIsNotProposedForAgainAtOnce() {
    var ear = new Ear(Shop.OPEN);
    ear.hear(
        NOW,
        new Report.Firing(
            Ear.alert("Slow", Shop.ORDERS, Severity.CRITICAL, Optional.of(Shop.SPIKE))));
    ear.record(
        Runs.helped(ear.all(RunProposed.class).getFirst(), ear.snapshot(), NOW.plusSeconds(30)));

    ear.hear(NOW.plusSeconds(31));
    assertEquals(1, ear.all(RunProposed.class).size());
    ear.hear(NOW.plusSeconds(31).plus(Sensing.DEFAULTS.linger()));

    assertEquals(2, ear.all(RunProposed.class).size(), "it lingers for too long");
  }

  // ---- one incident

  @Test
  void whatADependencyDragsDownIsPartOfItsIncident() {
    var ear = new Ear(Shop.OPEN.with(Mode.OBSERVE));
    ear.hear(NOW, on("Slow", Shop.ORDERS));

    ear.hear(NOW.plusSeconds(5), on("Down", Shop.PAYMENTS));

    IncidentMerged merged = ear.all(IncidentMerged.class).getFirst();
    assertEquals(incident(ear, Shop.ORDERS).id(), merged.incident());
    assertEquals(incident(ear, Shop.PAYMENTS).id(), merged.into());
    assertTrue(merged.score() > 0.9, () -> merged.toString());
  }

  @Test
  void learnedCallsCountLikeDeclaredOnes() {
    var stock = new ServiceId("stock");
    var ear = new Ear(Shop.OPEN.with(Mode.OBSERVE));
    ear.hear(NOW, new Report.Calls("graph", Set.of(new Edge(Shop.PAYMENTS, stock))));
    ear.hear(NOW, on("Slow", Shop.PAYMENTS));

    ear.hear(NOW.plusSeconds(1), on("Down", stock));

    assertEquals(incident(ear, stock).id(), ear.all(IncidentMerged.class).getFirst().into());
  }

  @Test
  void incidentThatAPersonSplitStaysApart() {
    var ear = new Ear(Shop.OPEN.with(Mode.OBSERVE));
    ear.hear(NOW, on("Slow", Shop.ORDERS), on("Down", Shop.PAYMENTS));
    var split =
        Merging.split(
            new Command.Split(incident(ear, Shop.ORDERS).id(), "ann", "another fault"),
            ear.snapshot(),
            NOW);
    ear.record(List.of(((Commands.Outcome.Accepted) split).event().orElseThrow()));

    ear.hear(NOW.plusSeconds(1));

    assertEquals(1, ear.all(IncidentMerged.class).size());
    assertTrue(incident(ear, Shop.ORDERS).merge().isEmpty());
  }

  @Test
  void twoIncidentsAreNotPartsOfEachOther() {
    var ear = new Ear(Shop.OPEN.with(Mode.OBSERVE));
    ear.hear(NOW, on("Slow", Shop.ORDERS), on("Down", Shop.PAYMENTS));

    var outcome =
        Merging.merge(
            new Command.Merge(
                incident(ear, Shop.PAYMENTS).id(), incident(ear, Shop.ORDERS).id(), "ann", "so"),
            ear.snapshot(),
            NOW);

    assertEquals(Commands.Outcome.Why.CONFLICT, ((Commands.Outcome.Refused) outcome).why());
  }

  @Test
  void changesBeforeTheSicknessAreSuspected() {
    var ear = new Ear(Shop.OPEN.with(Mode.OBSERVE));
    ear.hear(
        NOW,
        deploy("d-1", Shop.PAYMENTS, NOW.minusSeconds(300)),
        deploy("d-2", Shop.ORDERS, NOW.minusSeconds(600)),
        deploy("d-3", Shop.ORDERS, NOW.minus(Duration.ofHours(3))));

    ear.hear(NOW, on("Slow", Shop.ORDERS));

    assertEquals(
        List.of("d-2", "d-1"),
        ear.all(IncidentDiagnosed.class).getFirst().diagnosis().changes().stream()
            .map(Change::id)
            .toList());
  }

  // ---- storm

  @Test
  void stormIsOneIncidentAndAPersonIsCalled() {
    var ear = stormy();

    assertEquals(1, ear.all(StormBegan.class).size());
    assertEquals(
        List.of(StormStage.EVERYWHERE),
        ear.all(IncidentOpened.class).stream().map(IncidentOpened::service).toList());
    assertEquals(1, ear.all(IncidentEscalated.class).size());
    assertTrue(ear.all(RunProposed.class).isEmpty());
  }

  @Test
  void alertsAreCountedWhileTheStormLasts() {
    var ear = stormy();

    ear.hear(NOW.plusSeconds(5), on("More", Shop.ORDERS), on("More", Shop.PAYMENTS));

    assertEquals(2, ear.snapshot().sensed().storm().orElseThrow().alerts());
  }

  @Test
  void stormEndsOnlyAfterItWasCalmForAWhile() {
    var ear = stormy();
    Duration hold = Sensing.DEFAULTS.storm().hold();

    ear.hear(NOW.plus(hold).minusSeconds(1));
    assertEquals(0, ear.all(StormEnded.class).size());
    ear.hear(NOW.plus(hold).plusSeconds(1));

    assertEquals(1, ear.all(StormEnded.class).size());
    assertTrue(ear.snapshot().openIncident(StormStage.EVERYWHERE).isEmpty());
  }

  @Test
  void whatClearedDuringTheStormIsNotGoneThroughAgain() {
    var ear = stormy();
    var over = new ArrayList<Report>();
    for (int i = 0; i < 59; i++) {
      over.add(off("A" + i, new ServiceId("s" + i)));
    }
    ear.hear(NOW.plusSeconds(30), over);

    ear.hear(NOW.plus(Sensing.DEFAULTS.storm().hold()).plusSeconds(1));

    assertEquals(
        List.of(StormStage.EVERYWHERE, new ServiceId("s59")),
        ear.all(IncidentOpened.class).stream().map(IncidentOpened::service).toList());
  }

  // ---- too much

  @Test
  void tooManyBrokenAreNotTouchedAndAPersonIsCalled() {
    var d = Limits.DEFAULTS;
    var one =
        new Limits(
            d.proposalsPerHour(),
            d.backoffBase(),
            d.backoffMax(),
            d.backoffJitter(),
            d.blastRadius(),
            100,
            1,
            100,
            d.attempts(),
            d.attemptWindow(),
            d.staleAfter(),
            d.runTimeout(),
            d.approvalTimeout(),
            d.reopenWithin());
    var apart = Map.<ServiceId, Set<ServiceId>>of();
    var ear = new Ear(Runs.unrelated(Shop.OPEN.with(one), apart));

    ear.hear(NOW, spike(Shop.ORDERS), spike(Shop.PAYMENTS));

    assertTrue(ear.all(RunProposed.class).isEmpty());
    assertTrue(
        ear.all(ProposalSkipped.class).stream().allMatch(s -> s.rule().equals("too_many_broken")));
    assertEquals(2, ear.all(IncidentEscalated.class).size());
  }

  private static Report spike(ServiceId service) {
    return new Report.Firing(
        Ear.alert("Slow", service, Severity.CRITICAL, Optional.of(Shop.SPIKE)));
  }

  private static Report deploy(String id, ServiceId service, Instant at) {
    return new Report.Changed(
        new Change(id, service, Change.Kind.DEPLOY, "v2", "ann", "", List.of(), at));
  }

  /// Sixty services at once.
  private static Ear stormy() {
    var ear = new Ear(Shop.OPEN);
    var all = new ArrayList<Report>();
    for (int i = 0; i < 60; i++) {
      all.add(on("A" + i, new ServiceId("s" + i)));
    }
    ear.hear(NOW, all);
    assertTrue(ear.all(HealthChanged.class).stream().allMatch(h -> h.health().isSick()));
    return ear;
  }

  private static Incident incident(Ear ear, ServiceId service) {
    return ear.snapshot().openIncident(service).orElseThrow();
  }
}

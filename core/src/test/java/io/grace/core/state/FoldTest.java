package io.grace.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.IncidentReopened;
import io.grace.core.event.Event.IncidentResolved;
import io.grace.core.event.Event.Recovery;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunCancelled;
import io.grace.core.event.Event.RunExpired;
import io.grace.core.event.Event.RunRejected;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.state.Snapshot.Ailment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final Instant NOW = Shop.NOW;

  @Test
  void selfRecoveryIsCountedApart() {
    Snapshot after = sick().after(List.of(resolved(Recovery.BY_ITSELF)));

    assertEquals(1, after.selfRecoveries().get(new Ailment(Shop.ORDERS, Shop.SPIKE)));
    assertTrue(after.beliefs().isEmpty());
  }

  @Test
  void recoveryByARunIsNoSelfRecovery() {
    assertTrue(sick().after(List.of(resolved(Recovery.BY_RUN))).selfRecoveries().isEmpty());
  }

  @Test
  void recoveryEndsBackoff() {
    Snapshot failed = sick().after(failedRun());

    assertEquals(1, failed.tracks().size());
    assertTrue(failed.after(List.of(resolved(Recovery.DESPITE_RUNS))).tracks().isEmpty());
  }

  @Test
  void reopenedIncidentForgetsWhatFailedAndKeepsItsAttempts() {
    Snapshot reopened =
        sick()
            .after(failedRun())
            .after(
                List.of(resolved(Recovery.DESPITE_RUNS), new IncidentReopened(Shop.INCIDENT, NOW)));

    Incident incident = reopened.openIncident(Shop.ORDERS).orElseThrow();
    assertEquals(1, incident.reopened());
    assertTrue(incident.failedPlaybooks().isEmpty());
    assertEquals(List.of(Shop.RUN), incident.attempts());
  }

  @Test
  void playbookThatAPersonRejectedIsRuledOutUntilTheIncidentIsReopened() {
    Snapshot rejected =
        sick()
            .after(
                List.of(failedRun().getFirst(), new RunRejected(Shop.RUN, "ann", "not now", NOW)));

    Incident incident = rejected.openIncident(Shop.ORDERS).orElseThrow();
    assertEquals(
        List.of("was rejected in this incident"), List.copyOf(incident.ruledOut().values()));

    Snapshot reopened =
        rejected.after(
            List.of(resolved(Recovery.BY_ITSELF), new IncidentReopened(Shop.INCIDENT, NOW)));
    assertTrue(reopened.openIncident(Shop.ORDERS).orElseThrow().ruledOut().isEmpty());
  }

  @Test
  void stoppedRunCallsAPerson() {
    var events = new ArrayList<Event>(failedRun().subList(0, 3));
    events.add(new RunCancelled(Shop.RUN, "ann", "stop", NOW));
    events.add(new RunExpired(Shop.RUN, "the undo was not allowed", NOW));

    Incident incident = sick().after(events).openIncident(Shop.ORDERS).orElseThrow();

    assertTrue(incident.needsPerson().orElseThrow().contains("half done"));
  }

  @Test
  void attemptIsCountedOnceARun() {
    var events = new ArrayList<Event>(failedRun().subList(0, 3));
    events.add(new StepEnded(Shop.RUN, 0, 0, StepOutcome.PASSING, "", NOW));
    events.add(new StepStarted(Shop.RUN, 0, 1, 1, List.of(), NOW));

    assertEquals(1, sick().after(events).attemptsFor(new Ailment(Shop.ORDERS, Shop.SPIKE)).size());
  }

  @Test
  void eventForARunThatEndedIsABug() {
    Snapshot ended = sick().after(failedRun());

    assertThrows(
        IllegalStateException.class, () -> ended.after(List.of(new RunExpired(Shop.RUN, "", NOW))));
  }

  @Test
  void foldingOneByOneIsFoldingAtOnce() {
    var events = new ArrayList<Event>();
    for (int i = 0; i < 600; i++) {
      var id = new IncidentId("i-" + (char) ('A' + i % 20) + i);
      var service = new ServiceId("s" + i);
      events.add(new IncidentOpened(id, service, Hash.sha256("x"), Severity.LOW, NOW));
      events.add(new IncidentDiagnosed(id, Shop.diagnosis(service, 1), NOW));
      events.add(new IncidentResolved(id, Recovery.BY_ITSELF, NOW));
    }
    Snapshot one = Snapshot.EMPTY;
    for (Event event : events) {
      one = one.after(List.of(event));
    }

    assertEquals(Snapshot.EMPTY.after(events), one);
  }

  @Test
  void oldestResolvedIncidentIsForgottenWhateverTheOrderOfTheMap() {
    var events = new ArrayList<Event>();
    for (int i = 0; i <= 256; i++) {
      // Names that collide in a hash map in the order in which they came.
      var id = new IncidentId("i-" + (999_999 - i));
      var service = new ServiceId("s" + i);
      events.add(new IncidentOpened(id, service, Hash.sha256("x"), Severity.LOW, NOW));
      events.add(new IncidentResolved(id, Recovery.BY_ITSELF, NOW));
    }

    Snapshot full = Snapshot.EMPTY.after(events);

    assertTrue(full.incident(new IncidentId("i-999743")).isEmpty(), "the first by name of equals");
  }

  private static Snapshot sick() {
    return Shop.OPEN.sick(Shop.ORDERS);
  }

  private static Event resolved(Recovery recovery) {
    return new IncidentResolved(Shop.INCIDENT, recovery, NOW);
  }

  private static List<Event> failedRun() {
    return List.of(
        Shop.OPEN.proposed(Shop.RUN, Shop.ORDERS, NOW),
        new RunAdmitted(Shop.RUN, List.of(), NOW.plusSeconds(60), NOW),
        new StepStarted(Shop.RUN, 0, 0, 1, List.of(), NOW),
        new StepEnded(Shop.RUN, 0, 0, StepOutcome.FAILED, "", NOW));
  }
}

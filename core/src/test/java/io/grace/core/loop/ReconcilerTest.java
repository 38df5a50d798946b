package io.grace.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.Event.HealthChanged;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentEscalated;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.IncidentReopened;
import io.grace.core.event.Event.IncidentResolved;
import io.grace.core.event.Event.LifeStarted;
import io.grace.core.event.Event.ProposalSkipped;
import io.grace.core.event.Event.Recovery;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunObserved;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.fixture.Samples;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Mode;
import io.grace.core.model.Playbook;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What follows from a state, from the first symptom to recovery.
class ReconcilerTest {
  private static final Instant NOW = Shop.NOW;
  private static final Playbook[] NO_PLAYBOOKS = {};

  private final Samples samples = new Samples();
  private final List<Event> log = new ArrayList<>();
  private Snapshot snapshot = Snapshot.EMPTY;

  @Test
  void symptomBecomesARunInOneCycle() {
    start();

    measure(Shop.ORDERS, NOW, 1500, 1500, 1500);
    cycle(Shop.OPEN, NOW.plusSeconds(3), Shop.ORDERS);

    assertEquals(
        List.of(
            LifeStarted.class,
            HealthChanged.class,
            IncidentOpened.class,
            IncidentDiagnosed.class,
            RunProposed.class,
            RunAdmitted.class,
            StepStarted.class),
        log.subList(0, 7).stream().map(Object::getClass).toList());
  }

  @Test
  void nothingNewIsRecordedWhileNothingChanges() {
    start();
    measure(Shop.ORDERS, NOW, 1500, 1500, 1500);
    cycle(Shop.OPEN.with(Mode.APPROVE), NOW.plusSeconds(3), Shop.ORDERS);
    int before = log.size();

    cycle(Shop.OPEN.with(Mode.APPROVE), NOW.plusSeconds(4), Shop.ORDERS);

    assertEquals(before, log.size());
  }

  @Test
  void observeModeRecordsWhatWouldHaveBeenDoneAndWhetherItWasNeeded() {
    Shop observed = Shop.OPEN.with(Mode.OBSERVE);
    start();
    measure(Shop.ORDERS, NOW, 1500, 1500, 1500);
    cycle(observed, NOW.plusSeconds(3), Shop.ORDERS);
    measure(Shop.ORDERS, NOW.plusSeconds(10), 100, 100, 100);
    cycle(observed, NOW.plusSeconds(13), Shop.ORDERS);

    assertTrue(only(RunObserved.class).recovered());
    assertTrue(log.stream().noneMatch(e -> e instanceof StepStarted));
    assertEquals(Recovery.BY_ITSELF, only(IncidentResolved.class).recovery());
  }

  @Test
  void recurrenceSoonAfterRecoveryIsTheSameIncident() {
    recover(NOW.plusSeconds(13));
    measure(Shop.ORDERS, NOW.plusSeconds(100), 1500, 1500, 1500);
    cycle(Shop.OPEN.with(Mode.OBSERVE), NOW.plusSeconds(103), Shop.ORDERS);

    assertEquals(only(IncidentOpened.class).incident(), only(IncidentReopened.class).incident());
  }

  @Test
  void recurrenceLongAfterRecoveryIsANewIncident() {
    recover(NOW.plusSeconds(13));
    Instant later = NOW.plus(Duration.ofMinutes(11));
    measure(Shop.ORDERS, later, 1500, 1500, 1500);
    cycle(Shop.OPEN.with(Mode.OBSERVE), later.plusSeconds(3), Shop.ORDERS);

    assertEquals(2, log.stream().filter(e -> e instanceof IncidentOpened).count());
  }

  @Test
  void incidentThatGetsWorseGetsMoreSevere() {
    start();
    measure(Shop.ORDERS, NOW, 1500, 1500, 1500);
    cycle(Shop.OPEN.with(Mode.OBSERVE).with(NO_PLAYBOOKS), NOW.plusSeconds(3), Shop.ORDERS);
    measure(Shop.ORDERS, NOW.plusSeconds(10), 5000, 5000, 5000);
    cycle(Shop.OPEN.with(Mode.OBSERVE).with(NO_PLAYBOOKS), NOW.plusSeconds(13), Shop.ORDERS);

    assertEquals(Severity.HIGH, snapshot.openIncident(Shop.ORDERS).orElseThrow().severity());
  }

  @Test
  void serviceWhoseDependencyIsSickWaitsForIt() {
    start();
    measure(Shop.ORDERS, NOW, 1500, 1500, 1500);
    measure(Shop.PAYMENTS, NOW, 1500, 1500, 1500);
    cycle(Shop.OPEN, NOW.plusSeconds(3), Shop.ORDERS, Shop.PAYMENTS);

    assertEquals(Shop.PAYMENTS, only(RunProposed.class).proposal().service());
    cycle(Shop.OPEN, NOW.plusSeconds(4));
    assertEquals("caused_by_dependency", only(ProposalSkipped.class).rule());
  }

  @Test
  void personIsCalledWhenNoPlaybookIsLeft() {
    start();
    measure(Shop.ORDERS, NOW, 1500, 1500, 1500);
    cycle(Shop.OPEN.with(NO_PLAYBOOKS), NOW.plusSeconds(3), Shop.ORDERS);

    assertEquals("no_playbook", only(ProposalSkipped.class).rule());
    assertTrue(only(IncidentEscalated.class).reason().contains("no playbook is left"));
  }

  @Test
  void stepOfAnEarlierLifeIsNeverRepeated() {
    start();
    measure(Shop.ORDERS, NOW, 1500, 1500, 1500);
    cycle(Shop.OPEN, NOW.plusSeconds(3), Shop.ORDERS);
    record(
        List.of(new LifeStarted(2, "test", Shop.OPEN.hash(), Mode.AUTONOMOUS, NOW.plusSeconds(4))));
    cycle(Shop.OPEN, NOW.plusSeconds(5));

    assertEquals(StepOutcome.UNKNOWN, only(StepEnded.class).outcome());
    only(StepStarted.class);
  }

  private void recover(Instant at) {
    start();
    Shop observed = Shop.OPEN.with(Mode.OBSERVE);
    measure(Shop.ORDERS, NOW, 1500, 1500, 1500);
    cycle(observed, NOW.plusSeconds(3), Shop.ORDERS);
    measure(Shop.ORDERS, at.minusSeconds(3), 100, 100, 100);
    cycle(observed, at, Shop.ORDERS);
  }

  private void start() {
    record(List.of(new LifeStarted(1, "test", Shop.OPEN.hash(), Mode.AUTONOMOUS, NOW)));
  }

  private void measure(ServiceId service, Instant at, double... latencies) {
    samples.add(service, Shop.LATENCY, at, latencies);
  }

  private void cycle(Shop shop, Instant now, ServiceId... heard) {
    var decision =
        new Reconciler(shop.policy(), Duration.ofHours(1))
            .reconcile(snapshot, samples, Set.of(heard), now);
    record(decision.events());
    assertEquals(decision.after(), snapshot);
  }

  private void record(List<Event> events) {
    log.addAll(events);
    snapshot = snapshot.after(events);
  }

  private <E extends Event> E only(Class<E> kind) {
    List<Event> found = log.stream().filter(kind::isInstance).toList();
    assertEquals(1, found.size(), () -> kind.getSimpleName() + " in " + log);
    return kind.cast(found.getFirst());
  }
}

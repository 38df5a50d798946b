package io.grace.core.monitor;

import static io.grace.core.fixture.Ear.off;
import static io.grace.core.fixture.Ear.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Sighting;
import io.grace.core.event.Sighting.AlertCleared;
import io.grace.core.event.Sighting.AlertFired;
import io.grace.core.event.Sighting.AlertHeld;
import io.grace.core.event.Sighting.CallsForgotten;
import io.grace.core.event.Sighting.CallsSeen;
import io.grace.core.event.Sighting.ChangeSeen;
import io.grace.core.event.Sighting.SloMeasured;
import io.grace.core.fixture.Ear;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Alert;
import io.grace.core.model.Change;
import io.grace.core.model.Edge;
import io.grace.core.model.Report;
import io.grace.core.model.SloId;
import io.grace.core.model.SloReading;
import io.grace.core.model.SloReading.Alarm;
import io.grace.core.policy.Damping;
import io.grace.core.policy.Sensing;
import io.grace.core.state.AlertState.Phase;
import io.grace.core.state.Sensed;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What of all the reports is news.
class IntakeTest {
  private static final Instant NOW = Shop.NOW;
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final List<Sighting> log = new ArrayList<>();
  private Snapshot snapshot = Snapshot.EMPTY;
  private Intake intake = new Intake(Sensing.DEFAULTS);

  @Test
  void alertThatIsRepeatedIsOneEvent() {
    for (int i = 0; i < 1000; i++) {
      hear(NOW.plusSeconds(i), on("Down", Shop.ORDERS));
    }

    assertEquals(1, log.size());
    assertEquals(999, intake.repeated());
  }

  @Test
  void alertThatIsThereTwiceInOneBatchIsOneEvent() {
    hear(NOW, on("Down", Shop.ORDERS), on("Down", Shop.ORDERS));

    assertEquals(1, log.size());
  }

  @Test
  void firedAndEndedInOneBatchIsBoth() {
    hear(NOW, on("Down", Shop.ORDERS), off("Down", Shop.ORDERS));

    assertEquals(List.of(AlertFired.class, AlertCleared.class), kinds());
    assertTrue(snapshot.sensed().alerts().isEmpty());
    assertTrue(snapshot.sensed().alertsOf().isEmpty());
  }

  @Test
  void endOfAnAlertThatIsNotOnIsNoNews() {
    hear(NOW, off("Down", Shop.ORDERS));

    assertTrue(log.isEmpty());
  }

  @Test
  void onceAfterCountsOnlyWhatIsStillOnAtTheEnd() {
    damped(new Damping.OnceAfter(WINDOW));
    hear(NOW, on("Down", Shop.ORDERS), on("Slow", Shop.ORDERS));
    hear(NOW.plusSeconds(10), off("Slow", Shop.ORDERS));

    hear(NOW.plusSeconds(59));
    assertEquals(List.of(AlertHeld.class, AlertHeld.class), kinds());
    hear(NOW.plusSeconds(60));

    assertEquals(1, count(AlertFired.class));
    assertEquals(1, count(AlertCleared.class));
  }

  @Test
  void onceWithinLetsTheFirstThroughAndKeepsTheNextBack() {
    damped(new Damping.OnceWithin(WINDOW));

    hear(NOW, on("Down", Shop.ORDERS), on("Slow", Shop.ORDERS), on("Down", Shop.PAYMENTS));

    assertEquals(List.of(AlertFired.class, AlertHeld.class, AlertFired.class), kinds());
    hear(NOW.plusSeconds(60));
    assertEquals(3, count(AlertFired.class), "what was kept back counts once the window is over");
  }

  @Test
  void flappingAlertIsOneEventAWindow() {
    damped(new Damping.OnceWithin(WINDOW));

    for (int i = 0; i < 600; i++) {
      hear(NOW.plusSeconds(i), i % 2 == 0 ? on("Down", Shop.ORDERS) : off("Down", Shop.ORDERS));
    }

    assertTrue(log.size() <= 25, "600 changes were " + log.size() + " events");
  }

  @Test
  void alertThatWasOnForLongerThanTheWindowIsOverAtOnce() {
    damped(new Damping.OnceWithin(WINDOW));
    hear(NOW, on("Down", Shop.ORDERS));

    hear(NOW.plusSeconds(61), off("Down", Shop.ORDERS));

    assertEquals(List.of(AlertFired.class, AlertCleared.class), kinds());
  }

  @Test
  void accumulateWithinWaitsForItsThreshold() {
    damped(new Damping.AccumulateWithin(WINDOW, 3));

    hear(NOW, on("Down", Shop.ORDERS));
    hear(NOW.plusSeconds(10), on("Down", Shop.ORDERS));
    assertEquals(0, count(AlertFired.class));
    hear(NOW.plusSeconds(20), on("Down", Shop.ORDERS));

    assertEquals(1, count(AlertFired.class));
  }

  @Test
  void tooFewWithinTheWindowAreNothing() {
    damped(new Damping.AccumulateWithin(WINDOW, 3));
    hear(NOW, on("Down", Shop.ORDERS));
    hear(NOW.plusSeconds(10), on("Down", Shop.ORDERS));

    hear(NOW.plusSeconds(60));

    assertEquals(List.of(AlertHeld.class, AlertCleared.class), kinds());
  }

  @Test
  void alertThatExpiresIsKeptByBeingRepeated() {
    hear(NOW, expiring(NOW.plusSeconds(30)));
    hear(NOW.plusSeconds(20), expiring(NOW.plusSeconds(50)));

    hear(NOW.plusSeconds(49));
    assertEquals(0, count(AlertCleared.class));
    hear(NOW.plusSeconds(50));

    assertEquals(1, count(AlertCleared.class));
  }

  @Test
  void thereIsALimitToWhatIsOnAndItIsTold() {
    var many = new ArrayList<Report>();
    for (int i = 0; i < Sensed.ALERTS_MAX + 5; i++) {
      many.add(on("A" + i, Shop.ORDERS));
    }

    hear(NOW, many.toArray(Report[]::new));

    assertEquals(Sensed.ALERTS_MAX, snapshot.sensed().alerts().size());
    assertEquals(5, intake.refused());
  }

  @Test
  void easingAlertStaysASymptom() {
    damped(new Damping.OnceWithin(WINDOW));
    hear(NOW, on("Down", Shop.ORDERS));
    hear(NOW.plusSeconds(1), off("Down", Shop.ORDERS));

    var state = snapshot.sensed().alertsOf(Shop.ORDERS).getFirst();

    assertEquals(Phase.EASING, state.phase());
    assertTrue(state.counts());
  }

  @Test
  void sameChangeIsSeenOnce() {
    var change =
        new Report.Changed(
            new Change("d-1", Shop.ORDERS, Change.Kind.DEPLOY, "1.2", "ann", "", List.of(), NOW));

    hear(NOW, change, change);
    hear(NOW.plusSeconds(1), change);

    assertEquals(List.of(ChangeSeen.class), kinds());
  }

  @Test
  void callIsRecordedOnceAndForgottenWhenNobodySeesItAnyMore() {
    var edge = new Edge(Shop.ORDERS, Shop.PAYMENTS);
    var calls = new Report.Calls("graph", Set.of(edge));
    hear(NOW, calls);
    hear(NOW.plusSeconds(60), calls);
    assertEquals(List.of(CallsSeen.class), kinds());

    hear(NOW.plus(Duration.ofHours(25)), new Report.Calls("graph", Set.of()));

    assertEquals(1, count(CallsForgotten.class));
    assertTrue(snapshot.sensed().calls().isEmpty());
  }

  @Test
  void budgetIsNewsWhenItMovesOrItsAlarmChanges() {
    hear(NOW, slo(0.80, Alarm.NONE));
    hear(NOW, slo(0.79, Alarm.NONE));
    hear(NOW, slo(0.79, Alarm.PAGE));
    hear(NOW, slo(0.70, Alarm.PAGE));

    assertEquals(3, count(SloMeasured.class));
  }

  private static Report slo(double left, Alarm alarm) {
    return new Report.Slo(
        new SloReading(new SloId("checkout"), Shop.ORDERS, 0.999, left, List.of(), alarm, "", NOW));
  }

  private static Report expiring(Instant end) {
    Alert a = Ear.alert("Odd", Shop.ORDERS);
    return new Report.Firing(
        new Alert(
            a.fingerprint(),
            a.group(),
            a.source(),
            a.name(),
            a.service(),
            a.severity(),
            a.says(),
            a.labels(),
            a.summary(),
            a.startsAt(),
            Optional.of(end)));
  }

  private void damped(Damping damping) {
    var d = Sensing.DEFAULTS;
    intake =
        new Intake(
            new Sensing(
                d.storm(),
                Map.of(Ear.PAGER, damping),
                d.correlateWithin(),
                d.linger(),
                d.callsKept(),
                d.changesWithin(),
                d.standBack()));
  }

  private void hear(Instant now, Report... reports) {
    var events = intake.take(List.of(reports), snapshot.sensed(), now);
    log.addAll(events);
    snapshot = snapshot.after(events);
  }

  private List<Object> kinds() {
    return log.stream().<Object>map(Object::getClass).toList();
  }

  private long count(Class<?> kind) {
    return log.stream().filter(kind::isInstance).count();
  }
}

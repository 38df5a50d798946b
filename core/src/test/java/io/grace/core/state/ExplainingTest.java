package io.grace.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.IncidentReopened;
import io.grace.core.event.Event.IncidentResolved;
import io.grace.core.event.Event.Recovery;
import io.grace.core.event.Sighting.IncidentMerged;
import io.grace.core.fixture.Shop;
import io.grace.core.learn.Precedent;
import io.grace.core.learn.Precedent.Proof;
import io.grace.core.learn.Precedent.Suffering;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What incidents that are over tell of their causes.
class ExplainingTest {
  private static final ServiceId CARTS = new ServiceId("carts");

  private Snapshot snapshot = Snapshot.EMPTY;

  @Test
  void incidentThatARunHealedShowsItsCauseAndWhoSufferedMeanwhile() {
    open(1, Shop.PAYMENTS, 0);
    open(2, Shop.ORDERS, 10);
    resolve(2, Recovery.BY_ITSELF, 50);
    resolve(1, Recovery.BY_RUN, 60);

    assertEquals(
        new Precedent(
            id(1),
            Shop.PAYMENTS,
            Proof.HEALED,
            at(0),
            at(60),
            List.of(
                new Suffering(Shop.ORDERS, Shop.SPIKE), new Suffering(Shop.PAYMENTS, Shop.SPIKE))),
        snapshot.precedents().get(id(1)));
    assertEquals(1, snapshot.precedents().size());
  }

  @Test
  void whatWasOverBeforeDidNotSufferFromIt() {
    open(1, Shop.ORDERS, 0);
    resolve(1, Recovery.BY_ITSELF, 5);
    open(2, Shop.PAYMENTS, 10);
    resolve(2, Recovery.BY_RUN, 60);

    assertEquals(List.of(new Suffering(Shop.PAYMENTS, Shop.SPIKE)), precedent(2).suffering());
  }

  @Test
  void incidentThatClearedAloneTellsNothing() {
    open(1, Shop.PAYMENTS, 0);
    resolve(1, Recovery.BY_ITSELF, 60);

    assertTrue(snapshot.precedents().isEmpty());
  }

  @Test
  void incidentThatAllElseWasTracedToIsAPrecedentThoughNobodyHealedIt() {
    open(1, Shop.PAYMENTS, 0);
    open(2, Shop.ORDERS, 10);
    open(3, CARTS, 12);
    merge(2, 1);
    merge(3, 2);
    resolve(1, Recovery.BY_ITSELF, 60);

    assertEquals(Proof.TRACED, precedent(1).proof());
    assertEquals(3, precedent(1).suffering().size());
  }

  @Test
  void oneThatIsTracedNowhereLeavesTheCauseOpen() {
    open(1, Shop.PAYMENTS, 0);
    open(2, Shop.ORDERS, 10);
    open(3, CARTS, 12);
    merge(2, 1);
    resolve(1, Recovery.BY_ITSELF, 60);

    assertTrue(snapshot.precedents().isEmpty());
  }

  @Test
  void partOfAnIncidentThatIsNotOverTellsNothing() {
    open(1, Shop.PAYMENTS, 0);
    open(2, Shop.ORDERS, 10);
    merge(2, 1);
    resolve(2, Recovery.BY_RUN, 60);

    assertTrue(snapshot.precedents().isEmpty());
  }

  @Test
  void reopenedIncidentTakesBackWhatItShowed() {
    open(1, Shop.PAYMENTS, 0);
    resolve(1, Recovery.BY_RUN, 60);
    apply(new IncidentReopened(id(1), at(90)));

    assertTrue(snapshot.precedents().isEmpty());
  }

  @Test
  void whatRestsOnNoSymptomIsNoService() {
    open(1, Shop.PAYMENTS, 0);
    var everywhere = new ServiceId("everywhere");
    apply(new IncidentOpened(id(2), everywhere, Hash.sha256("x"), Severity.CRITICAL, at(1)));
    apply(
        new IncidentDiagnosed(
            id(2),
            new Diagnosis(
                everywhere,
                Shop.SPIKE,
                Severity.CRITICAL,
                1,
                List.of(),
                Optional.empty(),
                List.of(),
                "storm"),
            at(1)));
    resolve(1, Recovery.BY_RUN, 60);

    assertEquals(List.of(new Suffering(Shop.PAYMENTS, Shop.SPIKE)), precedent(1).suffering());
  }

  @Test
  void thoseWhoFellSickFirstAreRememberedUpToTheLimitAndTheCauseAlways() {
    for (int i = 1; i <= 40; i++) {
      open(i, new ServiceId("s" + i), i);
    }
    resolve(40, Recovery.BY_RUN, 60);

    assertEquals(Precedent.MOST_SUFFERING, precedent(40).suffering().size());
    assertTrue(precedent(40).shows(new ServiceId("s40")), "the cause");
    assertTrue(precedent(40).shows(new ServiceId("s31")), "one of the first 31");
    assertTrue(!precedent(40).shows(new ServiceId("s32")), "one that came later");
  }

  @Test
  void newestAreKept() {
    for (int i = 1; i <= LearnedFold.PRECEDENTS + 2; i++) {
      open(i, Shop.PAYMENTS, 2 * i);
      resolve(i, Recovery.BY_RUN, 2 * i + 1);
    }

    assertEquals(LearnedFold.PRECEDENTS, snapshot.precedents().size());
    assertTrue(!snapshot.precedents().containsKey(id(2)), "the second oldest");
    assertTrue(snapshot.precedents().containsKey(id(3)), "the oldest that is kept");
  }

  private Precedent precedent(int incident) {
    return Objects.requireNonNull(snapshot.precedents().get(id(incident)));
  }

  private void open(int incident, ServiceId service, int second) {
    var events = new ArrayList<Event>();
    events.add(
        new IncidentOpened(id(incident), service, Hash.sha256("x"), Severity.MEDIUM, at(second)));
    events.add(new IncidentDiagnosed(id(incident), Shop.diagnosis(service, 1), at(second)));
    snapshot = snapshot.after(events);
  }

  private void merge(int incident, int into) {
    apply(new IncidentMerged(id(incident), id(into), 1, "calls it", "grace", at(20)));
  }

  private void resolve(int incident, Recovery recovery, int second) {
    apply(new IncidentResolved(id(incident), recovery, at(second)));
  }

  private void apply(Event event) {
    snapshot = snapshot.after(List.of(event));
  }

  private static IncidentId id(int number) {
    return new IncidentId(String.format(Locale.ROOT, "i-%06d", number));
  }

  private static Instant at(int second) {
    return Shop.NOW.plusSeconds(second);
  }
}

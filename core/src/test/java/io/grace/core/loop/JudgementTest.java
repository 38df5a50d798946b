package io.grace.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentResolved;
import io.grace.core.event.Event.LifeStarted;
import io.grace.core.event.Event.ProposalSkipped;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Sighting.CausesRanked;
import io.grace.core.fixture.Runs;
import io.grace.core.fixture.Samples;
import io.grace.core.fixture.Shop;
import io.grace.core.learn.Alone;
import io.grace.core.learn.Experience;
import io.grace.core.model.Advice.Adviser;
import io.grace.core.model.Candidate;
import io.grace.core.model.Causes;
import io.grace.core.model.Causes.Cause;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Impact;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetricId;
import io.grace.core.model.Mode;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.plan.Ranker;
import io.grace.core.policy.Learning;
import io.grace.core.policy.Learning.HoldOut;
import io.grace.core.policy.Learning.TrustCriteria;
import io.grace.core.policy.Policy;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What rankers, advisers and earned trust change in what the loop decides.
class JudgementTest {
  private static final Instant NOW = Shop.NOW;
  private static final Shop TWO =
      Shop.OPEN.with(
          Shop.playbook("a", Impact.LOW, Shop.undoable()),
          Shop.playbook("b", Impact.LOW, Shop.undoable()));

  /// Puts the last of the static ranking first, and says that this was a matter of chance.
  private static final Ranker LAST_FIRST =
      question ->
          question.contenders().stream()
              .sorted(Comparator.comparing((Ranker.Contender c) -> c.playbook().id()).reversed())
              .map(c ->
                  new Ranker.Ranked(
                      c.playbook().id(),
                      0.8,
                      Optional.of(new Candidate.Between(0.7, 0.9)),
                      c.playbook().id().value().equals("b") ? 0.25 : 0.75,
                      "so I say"))
              .toList();

  private final Samples samples = new Samples();
  private final List<Event> log = new ArrayList<>();
  private Snapshot snapshot = Snapshot.EMPTY;

  @Test
  void rankerChoosesAndItsPropensitiesAreRecorded() {
    fallSick(Shop.ORDERS);
    cycle(TWO.policy(), LAST_FIRST, 3, Shop.ORDERS);

    List<Candidate> candidates = only(RunProposed.class).proposal().candidates();
    assertEquals(List.of("b", "a"), candidates.stream().map(c -> c.playbook().value()).toList());
    assertEquals(0.25, candidates.getFirst().propensity());
    assertEquals(0.75, candidates.get(1).propensity());
    assertEquals(Optional.of("ranked below b"), candidates.get(1).passedOver());
  }

  @Test
  void rankerIsNotAskedAboutWhatTheGateDenies() {
    Shop withoutUndo =
        Shop.OPEN
            .with(
                Shop.playbook("a", Impact.LOW, new Undo.NotNeeded("nothing stays")),
                Shop.playbook("b", Impact.LOW, Shop.undoable()))
            .withActions("scale");
    fallSick(Shop.ORDERS);
    cycle(withoutUndo.policy(), LAST_FIRST, 3, Shop.ORDERS);

    List<Candidate> candidates = only(RunProposed.class).proposal().candidates();
    assertEquals(List.of("a", "b"), candidates.stream().map(c -> c.playbook().value()).toList());
    assertEquals(0, candidates.get(1).propensity());
    assertTrue(candidates.get(1).passedOver().orElseThrow().startsWith("admitted_actions"));
    assertFalse(candidates.get(1).wasAllowed());
  }

  @Test
  void everyProposalRecordsWhatEachAdviserSaid() {
    fallSick(Shop.ORDERS);
    cycle(TWO.policy(), LAST_FIRST, 3, Shop.ORDERS);

    var advice = only(RunProposed.class).proposal().advice();
    assertEquals(
        List.of(Adviser.ANOMALY_SCORER, Adviser.ROOT_CAUSE, Adviser.PLAYBOOK_RANKER),
        advice.stream().map(a -> a.adviser()).toList());
    assertEquals("b: so I say", advice.getLast().said());
    assertEquals(3, only(Event.MetaCycled.class).cycle().advice().size());
  }

  @Test
  void outcomeIsKeptWithThePropensityThatItWasChosenWith() {
    fallSick(Shop.ORDERS);
    cycle(TWO.policy(), LAST_FIRST, 3, Shop.ORDERS);
    record(Runs.helped(only(RunProposed.class), snapshot, NOW.plusSeconds(60)));

    Experience experience = snapshot.experiences().getFirst();
    assertEquals("b", experience.key().playbook().value());
    assertEquals(0.25, experience.propensity());
    assertTrue(experience.helped());
    assertFalse(experience.isHarm());
  }

  @Test
  void playbookThatEarnedNoTrustAsksAlthoughTheModeIsAutonomous() {
    Policy policy = Shop.OPEN.policy(trusting(2, 0));
    fallSick(Shop.ORDERS);
    cycle(policy, Ranker.AS_EXPECTED, 3, Shop.ORDERS);

    assertTrue(
        only(RunProposed.class).verdict().contains("trust is not earned yet: 0 of 2"),
        only(RunProposed.class).verdict());
    assertTrue(log.stream().noneMatch(RunAdmitted.class::isInstance));
  }

  @Test
  void trustIsEarnedByRunsInARowAndLostByOneThatDoesNotHelp() {
    Policy policy = Shop.OPEN.policy(trusting(2, 0.3));
    heal(Shop.OPEN.policy(), 1);
    heal(Shop.OPEN.policy(), 2);
    fallSick(Shop.ORDERS, 300);
    cycle(policy, Ranker.AS_EXPECTED, 303, Shop.ORDERS);
    RunProposed third = last(RunProposed.class);
    assertTrue(snapshot.run(third.run()).orElseThrow().phase().name().equals("RUNNING"));

    record(List.of(new StepEnded(third.run(), 0, 0, StepOutcome.FAILED, "", NOW.plusSeconds(305))));
    samples.add(Shop.ORDERS, Shop.LATENCY, NOW.plusSeconds(340), 100, 100, 100);
    cycle(policy, Ranker.AS_EXPECTED, 343, Shop.ORDERS);
    fallSick(Shop.ORDERS, 100_000); // Three attempts a day are the cap.
    cycle(policy, Ranker.AS_EXPECTED, 100_003, Shop.ORDERS);

    RunProposed fourth = last(RunProposed.class);
    assertFalse(fourth.run().equals(third.run()));
    assertTrue(
        fourth.verdict().contains("trust is not earned yet: 0 of 2 runs in a row"),
        fourth.verdict());
  }

  @Test
  void heldOutIncidentIsLeftAloneForAWhileAndThenHealed() {
    var always = new HoldOut(0.5, Severity.HIGH, Duration.ofMinutes(5));
    Policy policy = Shop.OPEN.policy(new Learning(true, 0, Optional.of(always), Optional.empty()));
    int held = 0;
    int proposed = 0;
    for (int i = 0; i < 40; i++) {
      snapshot = Snapshot.EMPTY;
      log.clear();
      begin();
      snapshot = withIncidents(snapshot, i);
      measure(Shop.ORDERS, 0);
      cycle(policy, Ranker.AS_EXPECTED, 3, Shop.ORDERS);
      boolean isHeld =
          log.stream().anyMatch(e -> e instanceof ProposalSkipped s && s.rule().equals("held_out"));
      held += isHeld ? 1 : 0;
      proposed += log.stream().anyMatch(RunProposed.class::isInstance) ? 1 : 0;
      if (isHeld) {
        measure(Shop.ORDERS, 400);
        cycle(policy, Ranker.AS_EXPECTED, 403, Shop.ORDERS);
        only(RunProposed.class);
      }
    }
    assertEquals(40, held + proposed);
    assertTrue(held > 8 && held < 32, () -> "about every second one");
  }

  @Test
  void howLongAnIncidentWasLeftAloneIsKept() {
    Policy observed = Shop.OPEN.with(Mode.OBSERVE).policy();
    fallSick(Shop.ORDERS);
    cycle(observed, Ranker.AS_EXPECTED, 3, Shop.ORDERS);
    samples.add(Shop.ORDERS, Shop.LATENCY, NOW.plusSeconds(60), 100, 100, 100);
    cycle(observed, Ranker.AS_EXPECTED, 63, Shop.ORDERS);

    assertEquals(
        Map.of(
            new Snapshot.Ailment(Shop.ORDERS, Shop.SPIKE),
            List.of(new Alone(Duration.ofSeconds(60), true))),
        snapshot.alone());
    only(IncidentResolved.class);
  }

  @Test
  void serviceWaitsForTheOneThatAllIsTracedTo() {
    Policy unrelated = Runs.unrelated(Shop.OPEN.with(Mode.APPROVE), Map.of());
    fallSick(Shop.ORDERS);
    fallSick(Shop.PAYMENTS);
    cycle(unrelated, Ranker.AS_EXPECTED, 3, Shop.ORDERS, Shop.PAYMENTS);
    IncidentId orders = open(Shop.ORDERS);

    record(List.of(traced(orders, Shop.PAYMENTS)));
    record(withdrawn());
    cycle(unrelated, Ranker.AS_EXPECTED, 4);

    var diagnosis = diagnosis(Shop.ORDERS);
    assertEquals(Optional.of(Shop.PAYMENTS), diagnosis.causedBy());
    assertTrue(diagnosis.reason().contains("all is traced to payments"), diagnosis.reason());
  }

  @Test
  void twoThatAreTracedToEachOtherDoNotWaitForEachOther() {
    Policy unrelated = Runs.unrelated(Shop.OPEN.with(Mode.APPROVE), Map.of());
    fallSick(Shop.ORDERS);
    fallSick(Shop.PAYMENTS);
    cycle(unrelated, Ranker.AS_EXPECTED, 3, Shop.ORDERS, Shop.PAYMENTS);

    record(withdrawn());
    record(
        List.of(
            traced(open(Shop.ORDERS), Shop.PAYMENTS), traced(open(Shop.PAYMENTS), Shop.ORDERS)));
    cycle(unrelated, Ranker.AS_EXPECTED, 4);

    assertEquals(0, waiting());
  }

  @Test
  void serviceThatIsCalledDoesNotWaitForItsCaller() {
    Policy calls = Shop.OPEN.with(Mode.APPROVE).policy();
    fallSick(Shop.ORDERS);
    fallSick(Shop.PAYMENTS);
    cycle(calls, Ranker.AS_EXPECTED, 3, Shop.ORDERS, Shop.PAYMENTS);

    record(withdrawn());
    record(List.of(traced(open(Shop.PAYMENTS), Shop.ORDERS)));
    cycle(calls, Ranker.AS_EXPECTED, 4);

    assertEquals(1, waiting());
    assertEquals(Optional.of(Shop.PAYMENTS), diagnosis(Shop.ORDERS).causedBy());
  }

  @Test
  void whatIsNotLikelyIsNotWaitedFor() {
    var causes =
        new Causes(List.of(new Cause(Shop.PAYMENTS, Optional.empty(), 0.4, "perhaps")), 0.3, 0.3);

    assertEquals(Optional.empty(), causes.likely());
  }

  private static Learning trusting(int successes, double chance) {
    return new Learning(
        true, 0, Optional.empty(), Optional.of(new TrustCriteria(successes, chance)));
  }

  private static CausesRanked traced(IncidentId incident, ServiceId to) {
    return new CausesRanked(
        incident,
        new Causes(
            List.of(new Cause(to, Optional.of(new MetricId("cpu_ratio")), 0.9, "its cpu rose")),
            0.02,
            0.08),
        NOW.plusSeconds(4));
  }

  /// Open runs keep a diagnosis as it is.
  private List<Event> withdrawn() {
    return snapshot.runs().keySet().stream()
        .sorted(Comparator.comparing(RunId::value))
        .map(id -> (Event) new Event.RunCancelled(id, "ann", "test", NOW.plusSeconds(4)))
        .toList();
  }

  private void heal(Policy policy, int round) {
    fallSick(Shop.ORDERS, 100 * round);
    cycle(policy, Ranker.AS_EXPECTED, 100 * round + 3, Shop.ORDERS);
    record(Runs.helped(last(RunProposed.class), snapshot, NOW.plusSeconds(100L * round + 20)));
    samples.add(Shop.ORDERS, Shop.LATENCY, NOW.plusSeconds(100L * round + 40), 100, 100, 100);
    cycle(policy, Ranker.AS_EXPECTED, 100 * round + 43, Shop.ORDERS);
  }

  /// So many incidents were there before, so that the next has another id.
  private static Snapshot withIncidents(Snapshot s, int count) {
    Snapshot later = s;
    for (int i = 1; i <= count; i++) {
      var id = new IncidentId(String.format("i-%06d", i));
      later =
          later.after(
              List.of(
                  new Event.IncidentOpened(id, Shop.PAYMENTS, Shop.OPEN.hash(), Severity.LOW, NOW),
                  new IncidentResolved(id, Event.Recovery.BY_ITSELF, NOW)));
    }
    return later;
  }

  private Diagnosis diagnosis(ServiceId service) {
    return snapshot.openIncident(service).orElseThrow().diagnosis().orElseThrow();
  }

  private long waiting() {
    return List.of(Shop.ORDERS, Shop.PAYMENTS).stream()
        .filter(s -> diagnosis(s).causedBy().isPresent())
        .count();
  }

  private IncidentId open(ServiceId service) {
    return snapshot.openIncident(service).orElseThrow().id();
  }

  private void begin() {
    record(List.of(new LifeStarted(1, "test", Shop.OPEN.hash(), Mode.AUTONOMOUS, NOW)));
  }

  private void fallSick(ServiceId service) {
    fallSick(service, 0);
  }

  private void fallSick(ServiceId service, int second) {
    if (snapshot.life().epoch() == 0) {
      begin();
    }
    measure(service, second);
  }

  private void measure(ServiceId service, int second) {
    samples.add(service, Shop.LATENCY, NOW.plusSeconds(second), 1500, 1500, 1500);
  }

  private void cycle(Policy policy, Ranker ranker, int second, ServiceId... heard) {
    var decision =
        new Reconciler(policy, Duration.ofHours(1), ranker)
            .reconcile(snapshot, samples, Set.of(heard), NOW.plusSeconds(second));
    record(decision.events());
  }

  private void record(List<? extends Event> events) {
    log.addAll(events);
    snapshot = snapshot.after(events);
  }

  private <E extends Event> E only(Class<E> kind) {
    List<E> found = log.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertEquals(1, found.size(), () -> kind.getSimpleName() + " in " + log);
    return found.getFirst();
  }

  private <E extends Event> E last(Class<E> kind) {
    return log.stream().filter(kind::isInstance).map(kind::cast).toList().getLast();
  }
}

package io.grace.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunExpired;
import io.grace.core.event.Event.RunVerified;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Finding;
import io.grace.core.model.Impact;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.RunId;
import io.grace.core.model.Topology;
import io.grace.core.policy.Learning;
import io.grace.core.policy.Policy;
import io.grace.core.state.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Topology NOWHERE = new Topology(Map.of());
  private static final Shop SHOP =
      Shop.OPEN.with(
          Shop.playbook("a", Impact.LOW, Shop.undoable()),
          Shop.playbook("b", Impact.LOW, Shop.undoable()));

  @Test
  void equalScoresAreOrderedByName() {
    assertEquals(List.of("a", "b"), ranked(Shop.OPEN.sick(Shop.ORDERS), Map.of()));
  }

  @Test
  void playbookThatFailedRanksLower() {
    assertEquals(List.of("b", "a"), ranked(afterRunOfA(false), Map.of()));
  }

  @Test
  void playbookThatHelpedRanksHigher() {
    var options =
        Planner.rank(
            Shop.diagnosis(Shop.ORDERS, 1), Map.of(), SHOP.policy(), afterRunOfA(true), NOWHERE);

    assertEquals(2 / 3.0, options.getFirst().score(), 1e-9);
    assertEquals(0.5, options.get(1).score(), 1e-9);
  }

  @Test
  void withoutLearningOnlyThePriorCounts() {
    Policy p = SHOP.policy();
    Policy fixed =
        new Policy(
            p.hash(),
            p.ceiling(),
            p.services(),
            p.metrics(),
            p.triage(),
            p.playbooks(),
            p.catalogue(),
            p.calendar(),
            p.limits(),
            p.approvals(),
            p.topology(),
            p.sensing(),
            Learning.OFF);

    var options =
        Planner.rank(Shop.diagnosis(Shop.ORDERS, 1), Map.of(), fixed, afterRunOfA(true), NOWHERE);

    assertEquals(0.5, options.getFirst().score(), 1e-9);
    assertEquals(0.5, options.get(1).score(), 1e-9);
  }

  @Test
  void runThatDidNothingTeachesNothing() {
    Snapshot before = Shop.OPEN.sick(Shop.ORDERS).after(List.of(proposed()));

    Snapshot after = before.after(List.of(new RunExpired(Shop.RUN, "", Shop.NOW)));

    assertTrue(after.beliefs().isEmpty());
    assertTrue(after.outcomes().isEmpty());
  }

  @Test
  void playbookThatFailedInThisIncidentIsNoOption() {
    var options =
        Planner.rank(
            Shop.diagnosis(Shop.ORDERS, 1),
            Map.of(new PlaybookId("a"), "did not help in this incident"),
            SHOP.policy(),
            Snapshot.EMPTY,
            NOWHERE);

    assertEquals("did not help in this incident", options.getFirst().obstacle());
    assertTrue(options.getFirst().plan().isEmpty());
  }

  private static List<String> ranked(Snapshot snapshot, Map<PlaybookId, String> failed) {
    return Planner.rank(Shop.diagnosis(Shop.ORDERS, 1), failed, SHOP.policy(), snapshot, NOWHERE)
        .stream()
        .map(o -> o.playbook().value())
        .toList();
  }

  private static Event proposed() {
    return SHOP.proposed(Shop.RUN, Shop.ORDERS, Shop.NOW);
  }

  private static Snapshot afterRunOfA(boolean success) {
    RunId r = Shop.RUN;
    var events = new ArrayList<Event>();
    events.add(proposed());
    events.add(new RunAdmitted(r, List.of(), Shop.NOW.plusSeconds(300), Shop.NOW));
    events.add(new StepStarted(r, 0, 0, 1, List.of(), Shop.NOW));
    events.add(
        new StepEnded(r, 0, 0, success ? StepOutcome.UNKNOWN : StepOutcome.FAILED, "", Shop.NOW));
    if (success) {
      events.add(new RunVerified(r, Finding.PASSED, "", Shop.NOW));
    }
    return Shop.OPEN.sick(Shop.ORDERS).after(events);
  }
}

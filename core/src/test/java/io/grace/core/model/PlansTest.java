package io.grace.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grace.core.fixture.Shop;
import io.grace.core.model.Check.Comparison;
import io.grace.core.model.Playbook.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlansTest {
  private static final Hash POLICY = Hash.sha256("policy");
  private static final Plan PLAN =
      Plans.of(Shop.OPEN.playbooks().getFirst(), Shop.ORDERS, Map.of());

  @Test
  void samePlanHasTheSameHash() {
    var again = Plans.of(Shop.OPEN.playbooks().getFirst(), Shop.ORDERS, Map.of());

    assertEquals(Plans.hash(PLAN, POLICY), Plans.hash(again, POLICY));
  }

  @Test
  void hashChangesWithEveryPartOfThePlan() {
    var others = new LinkedHashMap<String, Plan>();
    Plan p = PLAN;
    var check = new Check(Optional.of(Shop.ORDERS), Shop.UP, Comparison.AT_LEAST, 1);
    others.put(
        "playbook",
        new Plan(
            new PlaybookId("other"),
            p.version(),
            p.service(),
            p.preconditions(),
            p.steps(),
            p.groups(),
            p.verification(),
            p.impact(),
            p.reversible(),
            p.timeout()));
    others.put(
        "version",
        new Plan(
            p.playbook(),
            2,
            p.service(),
            p.preconditions(),
            p.steps(),
            p.groups(),
            p.verification(),
            p.impact(),
            p.reversible(),
            p.timeout()));
    others.put(
        "service",
        new Plan(
            p.playbook(),
            p.version(),
            Shop.PAYMENTS,
            p.preconditions(),
            p.steps(),
            p.groups(),
            p.verification(),
            p.impact(),
            p.reversible(),
            p.timeout()));
    others.put(
        "preconditions",
        new Plan(
            p.playbook(),
            p.version(),
            p.service(),
            List.of(check),
            p.steps(),
            p.groups(),
            p.verification(),
            p.impact(),
            p.reversible(),
            p.timeout()));
    others.put(
        "verification",
        new Plan(
            p.playbook(),
            p.version(),
            p.service(),
            p.preconditions(),
            p.steps(),
            p.groups(),
            new Verification(List.of(check), Duration.ZERO, 1, 1, Duration.ofSeconds(9)),
            p.impact(),
            p.reversible(),
            p.timeout()));
    others.put(
        "impact",
        new Plan(
            p.playbook(),
            p.version(),
            p.service(),
            p.preconditions(),
            p.steps(),
            p.groups(),
            p.verification(),
            Impact.HIGH,
            p.reversible(),
            p.timeout()));
    others.put(
        "reversible",
        new Plan(
            p.playbook(),
            p.version(),
            p.service(),
            p.preconditions(),
            p.steps(),
            p.groups(),
            p.verification(),
            p.impact(),
            false,
            p.timeout()));
    others.put(
        "timeout",
        new Plan(
            p.playbook(),
            p.version(),
            p.service(),
            p.preconditions(),
            p.steps(),
            p.groups(),
            p.verification(),
            p.impact(),
            p.reversible(),
            Duration.ofSeconds(1)));
    others.put("fewer steps", withSteps(p.steps().subList(0, 1)));
    Plan.Step first = p.steps().getFirst();
    Plan.Step second = p.steps().getLast();
    others.put(
        "order of steps",
        withSteps(
            List.of(
                first,
                new Plan.Step(second.name(), second.work(), List.of(), List.of(), second.slot()))));
    var guard = new Plan.Guard(0, Set.of(Plan.Result.DONE));
    others.put(
        "guard",
        withSteps(
            List.of(
                first,
                new Plan.Step(
                    second.name(), second.work(), second.after(), List.of(guard), second.slot()))));

    others.forEach((part, other) ->
        assertNotEquals(Plans.hash(PLAN, POLICY), Plans.hash(other, POLICY), part));
  }

  @Test
  void hashChangesWithEveryPartOfAStep() {
    Plan.Step s = PLAN.steps().getFirst();
    Plan.Act a = s.act().orElseThrow();
    Action scale = a.action();
    Map<String, Argument> two = Map.of("delta", new Argument.Whole(2));
    Map<String, Argument> text = Map.of("delta", new Argument.Text("1"));
    Map<String, Argument> named = Map.of("by", new Argument.Whole(1));
    var others = new LinkedHashMap<String, Plan.Step>();
    var slot = Optional.of(new Plan.Slot(0, 0));
    others.put("name", new Plan.Step("other", a, s.after(), s.when(), s.slot()));
    others.put("slot", new Plan.Step(s.name(), a, s.after(), s.when(), slot));
    others.put("action", with(a, new Action("other", Shop.ORDERS, scale.arguments())));
    others.put("target", with(a, new Action("scale", Shop.PAYMENTS, scale.arguments())));
    others.put("value", with(a, new Action("scale", Shop.ORDERS, two)));
    others.put("type", with(a, new Action("scale", Shop.ORDERS, text)));
    others.put("parameter", with(a, new Action("scale", Shop.ORDERS, named)));
    var second = Duration.ofSeconds(1);
    var check = Optional.of(Shop.fastAgain());
    others.put(
        "timeout",
        with(new Plan.Act(scale, second, a.retries(), a.check(), a.compensation(), false)));
    others.put(
        "retries",
        with(new Plan.Act(scale, a.timeout(), Retries.NONE, a.check(), a.compensation(), false)));
    others.put(
        "check",
        with(new Plan.Act(scale, a.timeout(), a.retries(), check, a.compensation(), false)));
    others.put(
        "compensation",
        with(new Plan.Act(scale, a.timeout(), a.retries(), a.check(), Optional.empty(), false)));
    others.put(
        "goes on",
        with(new Plan.Act(scale, a.timeout(), a.retries(), a.check(), a.compensation(), true)));

    others.forEach((part, step) -> {
      var steps = new ArrayList<>(PLAN.steps());
      steps.set(0, step);
      assertNotEquals(Plans.hash(PLAN, POLICY), Plans.hash(withSteps(steps), POLICY), part);
    });
  }

  @Test
  void hashChangesWithThePolicy() {
    assertNotEquals(Plans.hash(PLAN, POLICY), Plans.hash(PLAN, Hash.sha256("other")));
  }

  @Test
  void unknownSettingIsRefused() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Plans.of(
                    withParameter(Optional.empty()),
                    Shop.ORDERS,
                    Map.of("speed", new Argument.Whole(1))));

    assertEquals("tune has no parameter speed", error.getMessage());
  }

  @Test
  void parameterWithoutDefaultMustBeSet() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Plans.of(withParameter(Optional.empty()), Shop.ORDERS, Map.of()));

    assertEquals("tune.by must be set for orders", error.getMessage());
  }

  @Test
  void settingOutOfBoundsIsRefused() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Plans.of(
                    withParameter(Optional.empty()),
                    Shop.ORDERS,
                    Map.of("by", new Argument.Whole(7))));

    assertEquals("tune.by must be a whole number from 0 to 5: 7", error.getMessage());
  }

  private static Playbook withParameter(Optional<Argument> defaultValue) {
    Playbook p = Shop.OPEN.playbooks().getFirst();
    return new Playbook(
        new PlaybookId("tune"),
        1,
        "tune",
        Set.of(Shop.SPIKE),
        Map.of("by", new Parameter(new Bound.WholeRange(0, 5), defaultValue)),
        List.of(),
        p.steps(),
        p.verification(),
        p.impact(),
        0.5,
        p.timeout());
  }

  private static Plan.Step with(Plan.Act act, Action action) {
    return with(
        new Plan.Act(
            action, act.timeout(), act.retries(), act.check(), act.compensation(), act.goesOn()));
  }

  private static Plan.Step with(Plan.Work work) {
    Plan.Step s = PLAN.steps().getFirst();
    return new Plan.Step(s.name(), work, s.after(), s.when(), s.slot());
  }

  private static Plan withSteps(List<Plan.Step> steps) {
    Plan p = PLAN;
    return new Plan(
        p.playbook(),
        p.version(),
        p.service(),
        p.preconditions(),
        steps,
        p.groups(),
        p.verification(),
        p.impact(),
        p.reversible(),
        p.timeout());
  }
}

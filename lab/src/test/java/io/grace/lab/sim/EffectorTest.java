package io.grace.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.Event.CompensationStarted;
import io.grace.core.event.Event.LifeStarted;
import io.grace.core.event.Event.Paused;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunCancelled;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.govern.Warrant;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.IncidentId;
import io.grace.core.model.Mode;
import io.grace.core.model.Plan;
import io.grace.core.model.Plans;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.policy.Policy;
import io.grace.core.policy.TriageRule;
import io.grace.core.spi.ActionProvider;
import io.grace.core.state.Snapshot;
import io.grace.runtime.effect.Effector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The real effector keeps the rules that the simulated hands are held to.
class EffectorTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final RunId RUN = new RunId("r-000001");
  private static final ServiceId PAYMENTS = new ServiceId("payments");

  private final Policy policy = policy();
  private final Stubborn provider = new Stubborn();
  private final List<Event> results = new CopyOnWriteArrayList<>();
  private final Effector effector =
      new Effector(() -> NOW, policy, Map.of("sim", provider), results::add);

  @AfterEach
  void letGo() {
    provider.mayEnd.countDown();
    effector.close();
  }

  @Test
  void stepIsPerformedOnceHoweverOftenItIsAskedFor() {
    Snapshot acting = acting();

    effector.perform(acting);
    effector.perform(acting);

    await(() -> provider.begun.size() == 1);
    provider.mayEnd.countDown();
    await(() -> results.size() == 1);
    effector.perform(acting);
    assertEquals(List.of("r-000001/0/0"), provider.begun);
  }

  @Test
  void undoWaitsForTheStepThatItUndoes() {
    effector.perform(acting());
    await(() -> provider.begun.size() == 1);

    effector.perform(undoing());
    await(() -> provider.interrupted.size() == 1);
    effector.perform(undoing());
    assertEquals(List.of("r-000001/0/0"), provider.begun);

    provider.mayEnd.countDown();
    await(() -> {
      effector.perform(undoing());
      return provider.begun.size() == 2;
    });
    assertEquals(List.of("r-000001/0/0", "r-000001/0/undo"), provider.begun);
  }

  @Test
  void nothingBeginsWhilePaused() {
    effector.perform(acting().after(List.of(new Paused("ann", "stop", NOW))));

    assertNothingBegins();
  }

  @Test
  void intentOfAnEarlierLifeIsNotCarriedOut() {
    Snapshot next =
        acting().after(List.of(new LifeStarted(2, "test", policy.hash(), Mode.AUTONOMOUS, NOW)));

    effector.perform(next);

    assertNothingBegins();
  }

  private Snapshot acting() {
    var playbook = policy.playbooks().getFirst();
    Plan plan = Plans.of(playbook, PAYMENTS, Map.of());
    var diagnosis =
        new Diagnosis(
            PAYMENTS,
            TriageRule.LATENCY_SPIKE,
            Severity.HIGH,
            1,
            List.of(),
            Optional.empty(),
            List.of(),
            "");
    var proposal =
        new Proposal(
            new IncidentId("i-000001"),
            diagnosis,
            plan,
            Plans.hash(plan, policy.hash()),
            policy.hash(),
            policy.topology().blastRadius(plan.targets()),
            Event.GRACE,
            Mode.AUTONOMOUS,
            List.of());
    Instant later = NOW.plusSeconds(600);
    return Snapshot.EMPTY.after(
        List.of(
            new LifeStarted(1, "test", policy.hash(), Mode.AUTONOMOUS, NOW),
            new RunProposed(RUN, proposal, List.of(), "", later, NOW),
            new RunAdmitted(RUN, List.of(), later, NOW),
            new StepStarted(RUN, 0, 0, 1, List.of(), NOW)));
  }

  private Snapshot undoing() {
    return acting()
        .after(
            List.of(
                new RunCancelled(RUN, "ann", "stop", NOW),
                new CompensationStarted(RUN, 0, 1, NOW)));
  }

  /// The first drawn one whose first playbook's first step can be undone.
  private static Policy policy() {
    for (int seed = 0; ; seed++) {
      Policy policy = SimPolicy.draw(new Dice(seed), NOW);
      if (policy.services().containsKey(PAYMENTS)
          && policy.catalogue().values().stream().allMatch(s -> s.targets().contains(PAYMENTS))
          && Plans.of(policy.playbooks().getFirst(), PAYMENTS, Map.of())
              .steps()
              .getFirst()
              .compensation()
              .isPresent()) {
        return policy;
      }
    }
  }

  /// An effect that began would show within microseconds.
  private void assertNothingBegins() {
    long end = System.nanoTime() + Duration.ofMillis(100).toNanos();
    while (System.nanoTime() < end) {
      assertEquals(List.of(), provider.begun);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited for ten seconds");
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Ends only when it is let, even when it is told to stop.
  private static final class Stubborn implements ActionProvider {
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> interrupted = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Override
    public String name() {
      return "sim";
    }

    @Override
    public List<ActionSpec> actions() {
      return List.of();
    }

    @Override
    public Result perform(Warrant warrant) throws InterruptedException {
      begun.add(warrant.idempotencyKey());
      try {
        mayEnd.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        interrupted.add(warrant.idempotencyKey());
        mayEnd.await(30, TimeUnit.SECONDS);
      }
      return new Result.Done("");
    }
  }
}

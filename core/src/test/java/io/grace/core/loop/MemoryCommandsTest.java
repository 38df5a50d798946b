package io.grace.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.MemoryEvent.MemoryDenied;
import io.grace.core.event.MemoryEvent.MemoryForgetting;
import io.grace.core.event.MemoryEvent.MemoryThrottled;
import io.grace.core.loop.MemoryCommands.Outcome;
import io.grace.core.memory.Cell;
import io.grace.core.memory.Credential;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Grant;
import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryPolicy;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Purpose;
import io.grace.core.memory.Recall;
import io.grace.core.memory.Sensitivity;
import io.grace.core.memory.Verdict;
import io.grace.core.model.Hash;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MemoryCommandsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final MemoryPolicy POLICY = MemoryPolicy.STANDARD;

  @Test
  void everyDomainGetsItsQuotaAndNotOneRequestMore() {
    for (DomainId domain : DomainId.values()) {
      Snapshot state = Snapshot.EMPTY;
      int granted = 0;
      for (int i = 0; i < 250; i++) {
        Instant at = NOW.plusMillis(i);
        var outcome = tell(recall(domain, "q", domain), state, at);
        granted += outcome instanceof Outcome.Allowed ? 1 : 0;
        state = state.after(outcome.event().stream().toList());
      }
      assertEquals(POLICY.quota(domain), granted, domain.value());
      assertEquals(250 - granted, state.memories().use(domain).throttled());
      var later = tell(recall(domain, "q", domain), state, NOW.plusSeconds(61));
      assertTrue(later instanceof Outcome.Allowed, "the window moves on");
    }
  }

  @Test
  void theWindowSlidesAndHasNoEdges() {
    Snapshot state = Snapshot.EMPTY;
    for (int i = 0; i < 50; i++) {
      state =
          state.after(
              tell(recall(DomainId.SELF_HEAL, "q", DomainId.SELF_HEAL), state, NOW.plusSeconds(59))
                  .event()
                  .stream()
                  .toList());
    }

    var next =
        tell(recall(DomainId.SELF_HEAL, "q", DomainId.SELF_HEAL), state, NOW.plusSeconds(61));

    assertTrue(next.event().orElseThrow() instanceof MemoryThrottled, "a new minute, no new quota");
  }

  @Test
  void aRefusalIsRecordedWithItsReasonAndCostsTrust() {
    var outcome = tell(recall(DomainId.ML, "keys", DomainId.SECURITY), Snapshot.EMPTY, NOW);

    var refused = (Outcome.Refused) outcome;
    assertEquals("domain_isolation", refused.rule());
    var event = (MemoryDenied) refused.recorded();
    assertEquals(Hash.sha256("keys"), event.query());
    var after = Snapshot.EMPTY.after(List.of(event)).memories().use(DomainId.ML);
    assertEquals(MemoryPolicy.TRUST_AT_FIRST - MemoryPolicy.OVERREACH, after.trust());
    assertEquals(1, after.overreached());
  }

  @Test
  void trustThatFellMeanwhileStopsWhatWasFound() {
    var trusted =
        Snapshot.EMPTY.after(
            MemoryCommands.decide(
                    new MemoryCommand.Trust(DomainId.ML, 0.85, "ann", "proved itself"),
                    Snapshot.EMPTY,
                    POLICY,
                    NOW)
                .event()
                .stream()
                .toList());
    var recall = recall(DomainId.ML, "q", DomainId.KNOWLEDGE);
    var found = found(recall, trusted);
    var denied = tell(recall(DomainId.ML, "keys", DomainId.SECURITY), trusted, NOW);
    var fallen = trusted.after(denied.event().stream().toList());

    var outcome =
        MemoryCommands.decide(
            new MemoryCommand.Tell(recall, Optional.of(found)), fallen, POLICY, NOW);

    assertEquals("cross_domain_trust", ((Outcome.Refused) outcome).rule());
  }

  @Test
  void whatWasFoundUnderAnotherGrantIsNotHandedOut() {
    var recall = recall(DomainId.CORE, "q", DomainId.CORE);
    var found = new MemoryCommand.Found(Grant.NOTHING, 0, new TreeMap<>(), 0, Hash.sha256(""));

    var outcome =
        MemoryCommands.decide(
            new MemoryCommand.Tell(recall, Optional.of(found)), Snapshot.EMPTY, POLICY, NOW);

    assertEquals(new Outcome.Changed(), outcome);
  }

  @Test
  void nobodyRemembersForAnotherDomain() {
    var memory =
        Memory.of(
            new Cell(DomainId.SECURITY, MemoryType.SEMANTIC, Sensitivity.ORDINARY),
            "x",
            Set.of(),
            1,
            NOW,
            Optional.empty());

    assertThrows(
        IllegalArgumentException.class,
        () -> new MemoryCommand.Remember(new Credential(DomainId.ML, "m"), memory));
  }

  @Test
  void forgettingIsOpenUntilItIsProved() {
    var who = new Credential(DomainId.CORE, "ann");
    var outcome =
        MemoryCommands.decide(
            new MemoryCommand.Forget(who, List.of(Hash.sha256("m")), "asked"),
            Snapshot.EMPTY,
            POLICY,
            NOW);
    var intent = (MemoryForgetting) outcome.event().orElseThrow();
    Snapshot open = Snapshot.EMPTY.after(List.of(intent));
    assertEquals(Set.of(intent.request()), open.memories().forgetting().keySet());

    var done =
        MemoryCommands.decide(
            new MemoryCommand.Forgotten(intent.request(), 1, Hash.sha256("proof")),
            open,
            POLICY,
            NOW);
    Snapshot after = open.after(done.event().stream().toList());

    assertEquals(Set.of(), after.memories().forgetting().keySet());
    assertEquals(1, after.memories().forgotten());
  }

  @Test
  void whatFollowsTwiceIsExpectedNext() {
    Snapshot state = Snapshot.EMPTY;
    Recall one = recall(DomainId.CORE, "one", DomainId.CORE);
    Recall two = recall(DomainId.CORE, "two", DomainId.CORE);
    for (int i = 0; i < 2; i++) {
      state = state.after(tell(one, state, NOW.plusSeconds(i)).event().stream().toList());
      assertEquals(Optional.empty(), state.memories().use(DomainId.CORE).next(one.shape()));
      state = state.after(tell(two, state, NOW.plusSeconds(i)).event().stream().toList());
    }

    assertEquals(Optional.of(two.shape()), state.memories().use(DomainId.CORE).next(one.shape()));
  }

  @Test
  void habitsAreBounded() {
    Snapshot state = Snapshot.EMPTY;
    for (int i = 0; i < 99; i++) {
      Recall next = recall(DomainId.CORE, "query " + i, DomainId.CORE);
      state = state.after(tell(next, state, NOW.plusSeconds(i)).event().stream().toList());
    }

    var use = state.memories().use(DomainId.CORE);
    assertEquals(32, use.habits().size());
    assertEquals(60, use.asked().size(), "what is older than a minute is dropped");
  }

  private static Outcome tell(Recall recall, Snapshot state, Instant now) {
    var standing = state.memories().standing(recall.who().domain(), now);
    Optional<MemoryCommand.Found> found =
        POLICY.judge(recall, standing) instanceof Verdict.Granted
            ? Optional.of(found(recall, state))
            : Optional.empty();
    return MemoryCommands.decide(new MemoryCommand.Tell(recall, found), state, POLICY, now);
  }

  private static MemoryCommand.Found found(Recall recall, Snapshot state) {
    var standing = state.memories().standing(recall.who().domain(), NOW.minusSeconds(999));
    var granted =
        (Verdict.Granted)
            POLICY.judge(recall, new io.grace.core.memory.Standing(standing.trust(), 0));
    return new MemoryCommand.Found(granted.grant(), 0, new TreeMap<>(), 0, Hash.sha256(""));
  }

  private static Recall recall(DomainId domain, String query, DomainId owner) {
    return new Recall(
        new Credential(domain, "test"),
        Purpose.INCIDENT,
        query,
        Set.of(),
        Set.of(owner),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        10);
  }
}

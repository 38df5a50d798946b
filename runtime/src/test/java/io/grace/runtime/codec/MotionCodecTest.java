package io.grace.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.entry.Draft;
import io.grace.core.entry.Entry;
import io.grace.core.event.PolicyMotion;
import io.grace.core.event.PolicyMotion.Ballot;
import io.grace.core.event.PolicyMotion.MotionDecided;
import io.grace.core.event.PolicyMotion.MotionMade;
import io.grace.core.event.PolicyMotion.MotionVoted;
import io.grace.core.event.PolicyMotion.MotionWithdrawn;
import io.grace.core.event.PolicyMotion.ParliamentSeated;
import io.grace.core.model.Hash;
import io.grace.core.model.MotionId;
import io.grace.core.policy.Parliament;
import io.grace.core.policy.Parliament.Count;
import io.grace.core.policy.Parliament.Decision;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What happens in parliament survives the journal and the saved state.
class MotionCodecTest {
  private static final Instant NOW = Instant.parse("2026-11-26T06:00:00.123456Z");
  private static final Hash WANTED = Hash.sha256("wanted");
  private static final Hash OTHER = Hash.sha256("other");
  private static final MotionId ONE = new MotionId("m-000001");
  private static final MotionId TWO = new MotionId("m-000002");
  private static final Parliament RULES =
      new Parliament(List.of("oidc:zoe", "ann"), 2, 0.6, Duration.ofDays(7), true);

  private static final List<PolicyMotion> ALL =
      List.of(
          new ParliamentSeated(Hash.sha256("first"), RULES, NOW),
          new MotionMade(ONE, WANTED, "ann", "better", NOW.plusSeconds(600), NOW),
          new MotionVoted(ONE, "ann", Ballot.FOR, "mine", NOW),
          new MotionVoted(ONE, "oidc:zoe", Ballot.AGAINST, "no", NOW),
          new MotionDecided(ONE, Decision.LOST, new Count(1, 1), "grace", "1 for", NOW),
          new MotionMade(TWO, OTHER, "ann", "again", NOW.plusSeconds(600), NOW),
          new MotionWithdrawn(TWO, "ann", "mistake", NOW));

  @Test
  void everyEventReadsBackAsItWas() {
    for (PolicyMotion event : ALL) {
      assertEquals(event, EventCodec.event(entry(EventCodec.draft(event))));
    }
    assertEquals(
        PolicyMotion.class.getPermittedSubclasses().length
            - 1
            + PolicyMotion.MotionEvent.class.getPermittedSubclasses().length,
        ALL.stream().map(Object::getClass).distinct().count(),
        "a new event belongs into this test");
  }

  @Test
  void entriesKeepTheirNames() {
    assertEquals(
        List.of(
            "parliament.seated",
            "motion.made",
            "motion.voted",
            "motion.decided",
            "motion.withdrawn"),
        ALL.stream().map(e -> EventCodec.draft(e).kind()).distinct().toList());
  }

  @Test
  void savedStateHoldsSeatMotionsAndWhatIsRatified() {
    for (int i = 1; i <= ALL.size(); i++) {
      Snapshot snapshot = Snapshot.EMPTY.after(ALL.subList(0, i));

      assertEquals(snapshot, SnapshotCodec.snapshot(SnapshotCodec.bytes(snapshot)));
    }
  }

  private static Entry entry(Draft draft) {
    return new Entry(
        1,
        1,
        draft.at(),
        draft.actor(),
        draft.kind(),
        draft.subject(),
        draft.payload(),
        OTHER,
        OTHER);
  }
}

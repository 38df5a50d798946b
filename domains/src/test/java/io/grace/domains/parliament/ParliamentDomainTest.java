package io.grace.domains.parliament;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.PolicyMotion.Ballot;
import io.grace.core.loop.Command;
import io.grace.core.loop.Commands;
import io.grace.core.model.Hash;
import io.grace.core.model.MotionId;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Parliament;
import io.grace.core.policy.Parliament.Decision;
import io.grace.core.state.Motion;
import io.grace.core.state.Motion.Cast;
import io.grace.core.state.Motions;
import io.grace.core.state.Motions.Ended;
import io.grace.core.state.Motions.Seat;
import io.grace.core.state.Snapshot;
import io.grace.domains.Living;
import io.grace.runtime.loop.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ParliamentDomainTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MEMBERS =
      "parliament: {members: [ann, bob, cy], quorum: 2, required: true}\n";

  /// A log that is always too long for this team, so that something is proposed.
  private static final String ALWAYS =
      """
      metrics: {journal_log_mb: {degraded: 0, critical: 1000000}}
      triage: {journal_log_long: journal_log_mb >= 0}
      mode: autonomous
      domains: {core: {}, parliament: {}}
      """;

  @TempDir Path directory;

  @Test
  void aMotionThatNobodyVotesOnLapses() throws Exception {
    String text =
        MEMBERS
            + """
            mode: autonomous
            domains: {parliament: {stale_after: 2s}}
            """;
    try (var grace = Living.start(directory, text)) {
      grace.until("seated", s -> s.motions().rules().isOn());
      ask(grace, new Command.Move(Hash.sha256("another"), "ann", "better"));

      grace.healed("motion_queue", "lapse_stale_motions");

      Ended ended = grace.node().snapshot().motions().ended().getLast();
      assertEquals(Optional.of(Decision.LAPSED), ended.decision());
      assertTrue(ended.at().isBefore(ended.motion().expires()), "by the playbook, not by its time");
    }
  }

  @Test
  void nothingIsDoneUnderAPolicyUntilAQuorumHasVotedForIt() throws Exception {
    try (var grace = Living.start(directory, MEMBERS + ALWAYS + "limits: {attempts: 1}\n")) {
      grace.healed("journal_store", "truncate_journal_log");
    }
    String other = MEMBERS + ALWAYS + "limits: {attempts: 50, proposals_per_hour: 50}\n";
    try (var grace = Living.start(directory, other)) {
      Hash policy = grace.node().config().policy().hash();
      grace.until(
          "denied",
          s -> s.counters().skipped().getOrDefault("ratified", 0L) > 0 && isSick(s, "quorum"));
      long before = grace.node().snapshot().lastRun();

      ask(grace, new Command.Move(policy, "ann", "more attempts"));
      var motion = grace.node().snapshot().motions().about(policy).orElseThrow().id();
      ask(grace, new Command.Vote(motion, Ballot.FOR, "ann", "mine"));
      assertTrue(grace.node().snapshot().motions().forbids(policy), "one is no quorum");
      assertEquals(before, grace.node().snapshot().lastRun(), "nothing is proposed meanwhile");
      ask(grace, new Command.Vote(motion, Ballot.FOR, "bob", "looked"));

      grace.until("allowed", s -> s.lastRun() > before && !isSick(s, "quorum"));
      assertTrue(grace.node().snapshot().motions().isRatified(policy));
    }
  }

  private static boolean isSick(Snapshot snapshot, String node) {
    return snapshot.health(new ServiceId(node)).isSick();
  }

  private static void ask(Living grace, Command command) throws InterruptedException {
    var answer = grace.node().loop().ask(command, LIMIT).orElseThrow();
    var decided = assertInstanceOf(Reply.Answer.Decided.class, answer, answer.toString());
    assertInstanceOf(Commands.Outcome.Accepted.class, decided.outcome(), answer.toString());
  }

  @Test
  void aVoteMakesAMotionFreshAndAQuorumKeepsItFromBeingStale() {
    var rules = new Parliament(List.of("ann", "bob", "cy"), 2, 0.9, Duration.ofDays(7), true);
    var after = Duration.ofDays(1);
    Instant later = NOW.plus(after);

    assertEquals(1, stale(rules, later, after));
    assertEquals(0, stale(rules, later.minusMillis(1), after));
    assertEquals(0, stale(rules, later, after, new Cast("ann", Ballot.FOR, NOW.plusSeconds(1))));
    assertEquals(
        0,
        stale(
            rules,
            later,
            after,
            new Cast("ann", Ballot.FOR, NOW),
            new Cast("bob", Ballot.FOR, NOW)));
  }

  private static int stale(Parliament rules, Instant now, Duration after, Cast... cast) {
    var motion = motion(cast);
    return ParliamentDomain.stale(
            new Motions(seat(rules), Map.of(motion.id(), motion), List.of(), List.of(), 1),
            after,
            now)
        .size();
  }

  @Test
  void whoVotedOnOneOfTheNewestMotionsIsActive() {
    var rules =
        new Parliament(List.of("ann", "bob", "cy", "dee"), 2, 0.5, Duration.ofDays(7), true);
    var voted = new Ended(motion(new Cast("ann", Ballot.FOR, NOW)), decided(), NOW);
    var silent = new Ended(motion(), decided(), NOW);
    var withdrawn = new Ended(motion(), Optional.empty(), NOW);

    assertEquals(1, active(rules, List.of()));
    assertEquals(1, active(rules, List.of(withdrawn)));
    assertEquals(0.25, active(rules, List.of(voted, silent)));
    var many = new ArrayList<>(Collections.nCopies(10, silent));
    many.addFirst(voted);
    assertEquals(0, active(rules, many), "too long ago");
  }

  private static double active(Parliament rules, List<Ended> ended) {
    return ParliamentDomain.active(new Motions(seat(rules), Map.of(), ended, List.of(), 0));
  }

  private static Optional<Decision> decided() {
    return Optional.of(Decision.LAPSED);
  }

  private static Optional<Seat> seat(Parliament rules) {
    return Optional.of(new Seat(Hash.sha256("policy"), rules, NOW));
  }

  private static Motion motion(Cast... cast) {
    return new Motion(
        new MotionId("m-000001"),
        Hash.sha256("wanted"),
        "ann",
        "better",
        NOW,
        NOW.plusSeconds(600),
        List.of(cast));
  }
}

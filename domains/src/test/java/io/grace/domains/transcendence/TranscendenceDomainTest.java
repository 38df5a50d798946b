package io.grace.domains.transcendence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.loop.Command;
import io.grace.core.loop.Commands;
import io.grace.core.model.IncidentId;
import io.grace.core.model.PlaybookId;
import io.grace.domains.Living;
import io.grace.domains.transcendence.Draft.State;
import io.grace.runtime.loop.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class TranscendenceDomainTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String QUICK = "transcendence: {look_every: 300ms, after: 3}";

  @TempDir Path directory;
  @TempDir Path notes;

  private String withRunbooks() {
    return """
    domains: {%s, knowledge: {sources: [{name: wiki, folder: "%s"}], refresh_seconds: 1, measure_millis: 300}}
    """
        .formatted(QUICK, notes);
  }

  private void runbook(String steps) throws IOException {
    Files.writeString(
        notes.resolve("orders.md"),
        "# Orders\n\n## Queue backlog\n\nWhen queue_age_s grows:\n\n" + steps);
  }

  private static TranscendenceDomain of(Living grace) {
    return grace.domain(TranscendenceDomain.class);
  }

  private static List<Draft> drafts(Living grace) {
    try {
      return of(grace).drafts();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Draft drafted(Living grace) {
    grace.await("drafted", () -> !drafts(grace).isEmpty());
    return drafts(grace).getFirst();
  }

  @Test
  void aRunbookBecomesAPlaybookThatHealsOnceAPersonHasTakenItAndNotBefore() throws Exception {
    runbook("1. Run `touch %s`.\n".formatted(Backlog.file(directory)));
    Draft draft;
    try (var grace = Living.start(directory, Backlog.team(directory, withRunbooks()));
        var backlog = Backlog.of(directory, grace)) {
      draft = drafted(grace);

      assertEquals(State.WAITING, draft.state(), draft.problems().toString());
      assertEquals(List.of("wiki/orders.md"), draft.from());
      assertEquals(4, draft.passed().size(), draft.passed().toString());
      assertTrue(draft.proof().getFirst().startsWith("proved: at most 1 action"));
      grace.healed("playbook_author", "draft_playbooks");
      assertTrue(
          grace.node().config().policy().playbooks().stream()
              .noneMatch(p -> p.id().value().equals(draft.id())));
      assertFalse(grace.proposed().contains(draft.id()));
      assertFalse(Files.exists(Backlog.file(directory)), "nobody may have acted");
    }

    // A draft can be irreversible, so a person must agree to each run.
    Files.writeString(directory.resolve("taken.yaml"), draft.playbook());
    try (var grace =
            Living.start(
                directory, Backlog.team(directory, withRunbooks() + "playbooks: [taken.yaml]\n"));
        var backlog = Backlog.of(directory, grace)) {
      grace.await("asked for", () -> grace.proposed().contains(draft.id()));
      grace.approve(draft.id());
      grace.healed("orders", draft.id());

      assertTrue(Files.exists(Backlog.file(directory)));
      grace.await("off the shelf", () -> drafts(grace).isEmpty());
    }
  }

  @Test
  void whatPeopleAskedForThreeTimesIsDrafted() throws Exception {
    Files.writeString(
        directory.resolve("drain.yaml"),
        """
        apiVersion: grace/v1
        kind: Playbook
        id: drain_by_hand
        version: 1
        title: Drain the queue
        treats: [service_down]
        steps:
          - {name: drain, action: drain_queue, timeout: 15s, undo: {not_needed: an empty queue fills again}}
        verification: {checks: ["queue_age_s < 300"], stabilisation: 0s, interval: 100ms, samples: 2, timeout: 30s}
        impact: low
        prior: 0.6
        timeout: 2m
        """);
    String text = Backlog.team(directory, "domains: {" + QUICK + "}\nplaybooks: [drain.yaml]\n");
    try (var grace = Living.start(directory, text);
        var backlog = Backlog.of(directory, grace)) {
      for (int i = 1; i <= 3; i++) {
        assertEquals(List.of(), drafts(grace), "after " + (i - 1));
        backlog.grow();
        askFor(grace, "drain_by_hand");
        int times = i;
        grace.await("healed " + i, () -> grace.outcomes("succeeded") >= times && isWell(grace));
      }
      Draft draft = drafted(grace);

      assertEquals(State.WAITING, draft.state(), draft.problems().toString());
      assertEquals(3, draft.from().size(), draft.from().toString());
      assertEquals("queue_backlog", draft.diagnosis());
      assertTrue(draft.playbook().contains("an empty queue fills again"), draft.playbook());
      assertTrue(draft.playbook().contains("prior: 0.8"), draft.playbook());
    }
  }

  private static boolean isWell(Living grace) {
    return grace.node().snapshot().openIncident(Backlog.ORDERS).isEmpty();
  }

  private static void askFor(Living grace, String playbook) throws Exception {
    grace.until(
        "diagnosed",
        s -> s.openIncident(Backlog.ORDERS).filter(i -> i.diagnosis().isPresent()).isPresent());
    IncidentId incident = grace.node().snapshot().openIncident(Backlog.ORDERS).orElseThrow().id();
    var ask = new Command.Propose(incident, new PlaybookId(playbook), "ann", "as always");
    Optional<Reply.Answer> answer = grace.node().loop().ask(ask, LIMIT);
    var decided = assertInstanceOf(Reply.Answer.Decided.class, answer.orElseThrow());
    assertInstanceOf(Commands.Outcome.Accepted.class, decided.outcome(), decided.toString());
  }

  @Test
  void whatPeopleNotedThreeTimesIsDrafted() throws Exception {
    String text = Backlog.team(directory, "domains: {" + QUICK + "}\n");
    try (var grace = Living.start(directory, text);
        var backlog = Backlog.of(directory, grace)) {
      for (int i = 0; i < 3; i++) {
        backlog.grow();
        grace.until(
            "diagnosed",
            s ->
                s.openIncident(Backlog.ORDERS)
                    .filter(in -> in.diagnosis().isPresent())
                    .isPresent());
        IncidentId incident =
            grace.node().snapshot().openIncident(Backlog.ORDERS).orElseThrow().id();
        grace
            .node()
            .loop()
            .ask(
                new Command.Note(
                    incident, "bob", "did touch " + Backlog.file(directory) + ", as last time"),
                LIMIT);
        backlog.drain();
        grace.await("well", () -> isWell(grace));
      }
      Draft draft = drafted(grace);

      assertEquals(State.WAITING, draft.state(), draft.problems().toString());
      assertEquals("drain_queue", draft.title());
      assertEquals(3, draft.from().size());
    }
  }

  @Test
  void aDamagedDraftIsWrittenAgain() throws Exception {
    runbook("1. Run `touch %s`.\n".formatted(Backlog.file(directory)));
    try (var grace = Living.start(directory, Backlog.team(directory, withRunbooks()));
        var backlog = Backlog.of(directory, grace)) {
      Draft draft = drafted(grace);
      Path file =
          directory.resolve(".grace/state/domains/transcendence/drafts/" + draft.id() + ".draft");
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);

      grace.healed("draft_shelf", "rewrite_damaged_drafts");
      grace.await("there again", () -> !drafts(grace).isEmpty());

      assertEquals(draft.playbook(), drafts(grace).getFirst().playbook());
    }
  }

  @Test
  void aDraftOfARunbookThatChangedIsWithdrawnAndDraftedAnew() throws Exception {
    runbook("1. Run `touch %s`.\n".formatted(Backlog.file(directory)));
    try (var grace = Living.start(directory, Backlog.team(directory, withRunbooks()));
        var backlog = Backlog.of(directory, grace)) {
      Draft before = drafted(grace);
      grace.healed("playbook_author", "draft_playbooks");
      runbook("1. Tell the senders.\n2. Run `touch %s`.\n".formatted(Backlog.file(directory)));

      grace.healed("draft_shelf", "withdraw_outdated_drafts");
      grace.await(
          "drafted anew",
          () ->
              drafts(grace).stream().noneMatch(d -> d.id().equals(before.id()))
                  && !drafts(grace).isEmpty());

      Draft after = drafts(grace).getFirst();
      assertEquals(State.WAITING, after.state(), after.problems().toString());
      assertTrue(after.playbook().contains("Tell the senders."), after.playbook());
    }
  }

  @Test
  void aRejectedDraftIsNotDraftedAgain() throws Exception {
    runbook("1. Run `touch %s`.\n".formatted(Backlog.file(directory)));
    try (var grace = Living.start(directory, Backlog.team(directory, withRunbooks()));
        var backlog = Backlog.of(directory, grace)) {
      Draft draft = drafted(grace);
      grace.healed("playbook_author", "draft_playbooks");

      Draft left = of(grace).reject(draft.id(), "ann", "the queue is not ours").orElseThrow();
      long drafted = count(grace);

      assertEquals(State.REJECTED, left.state());
      assertEquals(Optional.empty(), of(grace).reject(draft.id(), "bob", "me too"));
      long rounds = grace.node().rounds().collected() + 20;
      grace.await("looked at again", () -> grace.node().rounds().collected() > rounds);
      assertEquals(drafted, count(grace));
      assertEquals(List.of(State.REJECTED), drafts(grace).stream().map(Draft::state).toList());
    }
  }

  private static long count(Living grace) {
    return grace.proposed().stream().filter("draft_playbooks"::equals).count();
  }
}

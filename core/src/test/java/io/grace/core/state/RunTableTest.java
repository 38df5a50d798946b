package io.grace.core.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.event.Event.CompensationEnded;
import io.grace.core.event.Event.CompensationStarted;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunAnswered;
import io.grace.core.event.Event.RunApproved;
import io.grace.core.event.Event.RunCancelled;
import io.grace.core.event.Event.RunDeferred;
import io.grace.core.event.Event.RunDenied;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.RunExpired;
import io.grace.core.event.Event.RunObserved;
import io.grace.core.event.Event.RunRejected;
import io.grace.core.event.Event.RunVerified;
import io.grace.core.event.Event.StepChecked;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Finding;
import io.grace.core.model.Hash;
import io.grace.core.model.Impact;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The life cycle of a run as a table that people can read.
class RunTableTest {
  private static final Path TABLE = Path.of("src/test/resources/run-table.txt");
  private static final RunId R = Shop.RUN;
  private static final Instant AT = Shop.NOW;
  private static final Instant LATER = AT.plusSeconds(300);

  @Test
  void tableIsTheCheckedInOne() throws IOException {
    String table = table();
    if (Boolean.getBoolean("grace.update")) {
      Files.createDirectories(TABLE.getParent());
      Files.writeString(TABLE, table);
    }
    assertEquals(
        Files.exists(TABLE) ? Files.readString(TABLE) : "",
        table,
        "the run's life cycle changed; if that is meant, update "
            + TABLE
            + " with -Dgrace.update=true and look at the difference");
  }

  @Test
  void eventWithoutRowIsABug() {
    Run ready = state("Ready first");

    assertThrows(
        IllegalStateException.class,
        () -> RunTable.apply(ready, new RunVerified(R, Finding.PASSED, "", AT)));
  }

  @Test
  void runThatStartedNothingNeverSucceeds() {
    for (Run run : states().values()) {
      for (RunEvent event : events().values()) {
        boolean isUntouched =
            run instanceof Run.Proposed || (run instanceof Run.Ready r && r.next() == 0);
        if (isUntouched
            && RunTable.accepts(run, event)
            && RunTable.apply(run, event) instanceof Run.Done done) {
          assertFalse(done.outcome() == Run.Outcome.SUCCEEDED, run + " after " + event);
        }
      }
    }
  }

  @Test
  void unknownOutcomeIsNeverAttemptedAgain() {
    Run acting = state("Acting 1 of 2");

    Run next = RunTable.apply(acting, new StepEnded(R, 0, 0, StepOutcome.UNKNOWN, "", AT));

    assertEquals(Run.Verifying.class, next.getClass());
  }

  @Test
  void onePersonHasOneVote() {
    Run run = state("Proposed");
    var approval = new RunApproved(R, "ann", Hash.sha256("p"), ApprovalScope.PLAN, "", AT);

    Run twice = RunTable.apply(RunTable.apply(run, approval), approval);

    assertEquals(1, twice.facts().approvals().size());
  }

  private static String table() {
    var text = new StringBuilder();
    text.append(
        "Which event is legal in which state of a run, and what it leads to; after '.' those that are not.\n");
    text.append(
        "Acting, Checking and Compensating are at the first of two steps that can be undone,\n");
    text.append("'for good' at one that cannot.\n");
    states()
        .forEach((name, run) -> {
          text.append('\n').append(name).append('\n');
          var none = new ArrayList<String>();
          events()
              .forEach((kind, event) ->
                  next(run, event)
                      .ifPresentOrElse(
                          after -> text.append(String.format("  %-28s %s%n", kind, after)),
                          () -> none.add(kind)));
          text.append("  .  ").append(String.join(", ", none)).append('\n');
        });
    return text.toString().replace("\r\n", "\n");
  }

  private static Optional<String> next(Run run, RunEvent event) {
    return RunTable.accepts(run, event)
        ? Optional.of(shown(RunTable.apply(run, event)))
        : Optional.empty();
  }

  private static String shown(Run run) {
    return switch (run) {
      case Run.Proposed p ->
          "Proposed, "
              + p.facts().approvals().size()
              + " approvals"
              + (p.deferredUntil().isPresent() ? ", deferred" : "");
      case Run.Ready r -> "Ready for step " + (r.next() + 1) + ", attempt " + (r.attempt() + 1);
      case Run.Acting a -> "Acting on step " + (a.step() + 1) + ", attempt " + (a.attempt() + 1);
      case Run.Checking c -> "Checking step " + (c.step() + 1);
      case Run.Verifying v -> "Verifying, " + v.done() + " done";
      case Run.Asking a -> "Asking, " + a.done() + " done";
      case Run.Unwinding u -> "Unwinding, " + u.left() + " left, for " + u.end();
      case Run.Compensating c -> "Compensating step " + (c.step() + 1) + ", for " + c.end();
      case Run.Done d ->
          "Done " + d.outcome() + ", " + d.aftermath() + (d.acted() ? "" : ", did nothing");
    };
  }

  private static Run state(String name) {
    return Objects.requireNonNull(states().get(name));
  }

  private static Map<String, Run> states() {
    Run.Facts facts = facts(Shop.undoable());
    Run.Facts forGood = facts(new Undo.Irreversible());
    var end = Run.Outcome.ROLLED_BACK;
    var all = new LinkedHashMap<String, Run>();
    all.put("Proposed", new Run.Proposed(facts, LATER, Optional.empty(), AT));
    all.put("Proposed, deferred", new Run.Proposed(facts, LATER, Optional.of(LATER), AT));
    all.put("Ready first", new Run.Ready(facts, 0, 0, AT, LATER, AT));
    all.put("Ready to retry", new Run.Ready(facts, 0, 1, AT, LATER, AT));
    all.put("Ready for step 2", new Run.Ready(facts, 1, 0, AT, LATER, AT));
    all.put("Acting 1 of 2", new Run.Acting(facts, 0, 0, 1, LATER, AT));
    all.put("Acting 1 of 2, last attempt", new Run.Acting(facts, 0, 1, 1, LATER, AT));
    all.put("Acting 2 of 2", new Run.Acting(facts, 1, 0, 1, LATER, AT));
    all.put("Acting 1 of 2, for good", new Run.Acting(forGood, 0, 0, 1, LATER, AT));
    all.put("Checking 1 of 2", new Run.Checking(facts, 0, LATER, AT));
    all.put("Checking 2 of 2", new Run.Checking(facts, 1, LATER, AT));
    all.put("Verifying", new Run.Verifying(facts, 2, LATER, AT));
    all.put("Verifying, for good", new Run.Verifying(forGood, 2, LATER, AT));
    all.put("Asking", new Run.Asking(facts, 2, "?", LATER, AT));
    all.put("Unwinding 1", new Run.Unwinding(facts, 1, 0, "", end, LATER, AT));
    all.put("Unwinding 2", new Run.Unwinding(facts, 2, 0, "", end, LATER, AT));
    all.put("Compensating 1", new Run.Compensating(facts, 0, 1, "", end, 1, LATER, AT));
    all.put("Compensating 2", new Run.Compensating(facts, 1, 0, "", end, 1, LATER, AT));
    all.put("Done", new Run.Done(facts, end, Run.Aftermath.CLEAN, true, "", AT));
    return all;
  }

  private static Run.Facts facts(Undo undo) {
    Shop shop = Shop.OPEN.with(Shop.playbook("scale", Impact.LOW, undo));
    return new Run.Facts(R, shop.proposal(Shop.ORDERS), "", AT, List.of());
  }

  private static Map<String, RunEvent> events() {
    Hash hash = Hash.sha256("p");
    var all = new LinkedHashMap<String, RunEvent>();
    all.put("proposed", Shop.OPEN.proposed(R, Shop.ORDERS, AT));
    all.put("approved", new RunApproved(R, "ann", hash, ApprovalScope.PLAN, "", AT));
    all.put("approved, override", new RunApproved(R, "ann", hash, ApprovalScope.OVERRIDE, "", AT));
    all.put("admitted", new RunAdmitted(R, List.of(), LATER, AT));
    all.put("rejected", new RunRejected(R, "ann", "", AT));
    all.put("denied", new RunDenied(R, List.of(), "", AT));
    all.put("deferred", new RunDeferred(R, LATER, LATER, "", AT));
    all.put("step 1 started", new StepStarted(R, 0, 0, 1, List.of(), AT));
    all.put("step 1 started again", new StepStarted(R, 0, 1, 1, List.of(), AT));
    all.put("step 2 started", new StepStarted(R, 1, 0, 1, List.of(), AT));
    for (StepOutcome outcome : StepOutcome.values()) {
      all.put("step 1 " + outcome, new StepEnded(R, 0, 0, outcome, "", AT));
    }
    all.put("step 1 PASSING again", new StepEnded(R, 0, 1, StepOutcome.PASSING, "", AT));
    for (StepOutcome outcome : StepOutcome.values()) {
      all.put("step 2 " + outcome, new StepEnded(R, 1, 0, outcome, "", AT));
    }
    for (Finding finding : Finding.values()) {
      all.put("step 1 checked " + finding, new StepChecked(R, 0, finding, "", AT));
    }
    for (Finding finding : Finding.values()) {
      all.put("step 2 checked " + finding, new StepChecked(R, 1, finding, "", AT));
    }
    for (Finding finding : Finding.values()) {
      all.put("verified " + finding, new RunVerified(R, finding, "", AT));
    }
    for (Finding finding : Finding.values()) {
      all.put("answered " + finding, new RunAnswered(R, "ann", finding, "", AT));
    }
    all.put("undo 1 started", new CompensationStarted(R, 0, 1, AT));
    all.put("undo 2 started", new CompensationStarted(R, 1, 1, AT));
    for (StepOutcome outcome : StepOutcome.values()) {
      all.put("undo 1 " + outcome, new CompensationEnded(R, 0, outcome, "", AT));
    }
    for (StepOutcome outcome : StepOutcome.values()) {
      all.put("undo 2 " + outcome, new CompensationEnded(R, 1, outcome, "", AT));
    }
    all.put("expired", new RunExpired(R, "", AT));
    all.put("cancelled", new RunCancelled(R, "ann", "", AT));
    all.put("observed", new RunObserved(R, "", false, Duration.ZERO, AT));
    return all;
  }
}

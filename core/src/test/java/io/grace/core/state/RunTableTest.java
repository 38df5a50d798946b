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
import io.grace.core.event.Event.StepAnswered;
import io.grace.core.event.Event.StepChecked;
import io.grace.core.event.Event.StepDecided;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Argument;
import io.grace.core.model.Finding;
import io.grace.core.model.Hash;
import io.grace.core.model.Impact;
import io.grace.core.model.Plan.Result;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.RunId;
import io.grace.core.state.Progress.Place;
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
            run instanceof Run.Proposed || (run instanceof Run.Working w && !w.progress().acted());
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
        "'1 due' is the first of two steps that can be undone; 'for good' are those that cannot.\n");
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
      case Run.Working w -> shown(w);
      case Run.Verifying v -> "Verifying, " + v.done().size() + " done";
      case Run.Asking a -> "Asking, " + a.done().size() + " done";
      case Run.Unwinding u -> "Unwinding, " + u.left().size() + " left, for " + u.end();
      case Run.Compensating c -> "Compensating step " + (c.step() + 1) + ", for " + c.end();
      case Run.Done d ->
          "Done " + d.outcome() + ", " + d.aftermath() + (d.acted() ? "" : ", did nothing");
    };
  }

  private static String shown(Run.Working run) {
    var text = new ArrayList<String>();
    for (int step = 0; step < run.progress().places().size(); step++) {
      String place =
          switch (run.progress().place(step)) {
            case Place.Pending _ -> "pending";
            case Place.Due(int attempt, _) -> "due, attempt " + (attempt + 1);
            case Place.Acting(int attempt, _, _) -> "acting, attempt " + (attempt + 1);
            case Place.Checking _ -> "checking";
            case Place.Open _ -> "open";
            case Place.Over(Argument result, _) -> "over: " + result;
          };
      text.add((step + 1) + " " + place);
    }
    return "Working, "
        + String.join("; ", text)
        + run.progress().halt().map(h -> "; then " + h.then()).orElse("");
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
    all.put("Ready first", run(facts));
    all.put("Ready to retry", run(facts, start(0, 0), end(0, 0, StepOutcome.PASSING)));
    all.put("Ready for step 2", run(facts, start(0, 0), end(0, 0, StepOutcome.DONE)));
    all.put("Acting 1 of 2", run(facts, start(0, 0)));
    all.put(
        "Acting 1 of 2, last attempt",
        run(facts, start(0, 0), end(0, 0, StepOutcome.PASSING), start(0, 1)));
    all.put("Acting 2 of 2", run(facts, start(0, 0), end(0, 0, StepOutcome.DONE), start(1, 0)));
    all.put("Acting 1 of 2, for good", run(forGood, start(0, 0)));
    all.put(
        "Checking 2 of 2",
        run(
            facts,
            start(0, 0),
            end(0, 0, StepOutcome.DONE),
            start(1, 0),
            end(1, 0, StepOutcome.DONE)));
    Run.Facts both = facts(Shop.atOnce());
    all.put("Two at once", run(both));
    all.put("Two at once, one acting", run(both, start(0, 0)));
    all.put("Two at once, both acting", run(both, start(0, 0), start(1, 0)));
    all.put(
        "Two at once, one failed",
        run(both, start(0, 0), start(1, 0), end(1, 0, StepOutcome.FAILED)));
    all.put(
        "Two at once, one unknown",
        run(both, start(0, 0), start(1, 0), end(1, 0, StepOutcome.UNKNOWN)));
    Run.Facts asks = facts(Shop.asks());
    all.put("Question", run(asks));
    all.put(
        "Question after an act",
        run(facts(Shop.actsAndAsks()), start(0, 0), end(0, 0, StepOutcome.DONE)));
    all.put("Verifying", new Run.Verifying(facts, List.of(0, 1), LATER, AT));
    all.put("Verifying, for good", new Run.Verifying(forGood, List.of(0, 1), LATER, AT));
    all.put("Asking", new Run.Asking(facts, List.of(0, 1), "?", LATER, AT));
    all.put("Unwinding 1", new Run.Unwinding(facts, List.of(0), 0, "", end, LATER, AT));
    all.put("Unwinding 2", new Run.Unwinding(facts, List.of(0, 1), 0, "", end, LATER, AT));
    all.put("Compensating 1", new Run.Compensating(facts, 0, List.of(), 1, "", end, 1, LATER, AT));
    all.put("Compensating 2", new Run.Compensating(facts, 1, List.of(0), 0, "", end, 1, LATER, AT));
    all.put("Done", new Run.Done(facts, end, Run.Aftermath.CLEAN, true, "", AT));
    return all;
  }

  private static Run run(Run.Facts facts, RunEvent... events) {
    Run run = new Run.Proposed(facts, LATER, Optional.empty(), AT);
    run = RunTable.apply(run, new RunAdmitted(R, List.of(), LATER, AT));
    for (RunEvent event : events) {
      run = RunTable.apply(run, event);
    }
    return run;
  }

  private static RunEvent start(int step, int attempt) {
    return new StepStarted(R, step, attempt, 1, List.of(), AT);
  }

  private static RunEvent end(int step, int attempt, StepOutcome outcome) {
    return new StepEnded(R, step, attempt, outcome, "", AT);
  }

  private static Run.Facts facts(Undo undo) {
    return facts(Shop.playbook("scale", Impact.LOW, undo));
  }

  private static Run.Facts facts(Playbook playbook) {
    Shop shop = Shop.OPEN.with(playbook);
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
    for (Argument result : List.of(Result.MET, Result.TIMEOUT)) {
      all.put("step 1 decided " + result, new StepDecided(R, 0, result, "", AT));
      all.put("step 2 decided " + result, new StepDecided(R, 1, result, "", AT));
    }
    for (Argument answer : List.of(new Argument.Flag(true), new Argument.Whole(3))) {
      all.put("step 1 answered " + answer, new StepAnswered(R, 0, "ann", answer, "", AT));
      all.put("step 2 answered " + answer, new StepAnswered(R, 1, "ann", answer, "", AT));
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

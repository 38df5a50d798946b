package io.grace.domains.transcendence;

import io.grace.core.govern.Warrant;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Sensitivity;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.core.spi.TelemetrySource;
import io.grace.domains.Eye;
import io.grace.domains.Eye.Measured;
import io.grace.domains.Hands;
import io.grace.domains.transcendence.Author.Written;
import io.grace.domains.transcendence.Draft.Rejection;
import io.grace.domains.transcendence.Draft.State;
import io.grace.runtime.config.PlaybookTests.Case;
import io.grace.runtime.config.Problem;
import io.grace.runtime.config.Workshop.Trial;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.House;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.memory.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drafts playbooks for remedies that only people know. That one is missing is measured like
/// anything else, and writing it is a step of a playbook that the gate lets through or not. It
/// proves and tests what it writes and lays it on a shelf; nothing that is loaded comes from there.
/// *Thread-safe.*
public final class TranscendenceDomain implements Domain {
  static final ServiceId AUTHOR = new ServiceId("playbook_author");
  static final ServiceId SHELF = new ServiceId("draft_shelf");

  private static final Logger LOG = LoggerFactory.getLogger(TranscendenceDomain.class);

  /// Written in one step; the next look finds the rest.
  private static final int MOST_AT_ONCE = 20;

  private static final int MOST_PROBLEMS = 20;
  private static final double SECONDS_OF_DAY = Duration.ofDays(1).toSeconds();

  private final House house;
  private final Habits habits;
  private final Drafts drafts;
  private final Survey survey;
  private final Author author;
  private final Hands hands;

  /// A rejection must not be lost to a step that writes the same draft.
  private final ReentrantLock lock = new ReentrantLock();

  TranscendenceDomain(House house, Habits habits, List<ActionSpec> actions) throws IOException {
    this.house = house;
    this.habits = habits;
    this.drafts = Drafts.open(house.directory().resolve("drafts"));
    this.survey = new Survey(house, habits);
    this.author = new Author(house.policy(), house.workshop().providers());
    this.hands =
        Hands.of(
            TranscendenceKind.NAME,
            actions,
            Map.of(
                "draft_playbooks", this::draftMissing,
                "rewrite_damaged_drafts", this::rewriteDamaged,
                "withdraw_outdated_drafts", this::withdrawOutdated),
            house.directory());
  }

  @Override
  public List<TelemetrySource> eyes() {
    return List.of(new Eye("domain transcendence", habits.lookEvery(), this::read));
  }

  @Override
  public Optional<ActionProvider> hands() {
    return Optional.of(hands);
  }

  /// Newest first; those that are damaged are not among them.
  public List<Draft> drafts() throws IOException {
    return drafts.all();
  }

  public Optional<Draft> draft(String id) throws IOException {
    return Optional.ofNullable(drafts.read().whole().get(id));
  }

  /// Leaves a draft for good: the same remedy is not drafted again.
  ///
  /// @param by the authenticated person
  /// @return the draft as it is now; empty if there is none that waits
  public Optional<Draft> reject(String id, String by, String reason)
      throws IOException, InterruptedException {
    Optional<Draft> rejected;
    lock.lock();
    try {
      var rejection = new Rejection(by, reason, house.clock().instant());
      rejected = draft(id).filter(d -> d.state() == State.WAITING).map(d -> d.rejected(rejection));
      if (rejected.isPresent()) {
        drafts.put(rejected.get());
      }
    } finally {
      lock.unlock();
    }
    if (rejected.isPresent()) {
      remember(rejected.get(), MemoryType.EPISODIC, by + " rejected it: " + reason);
    }
    return rejected;
  }

  // ---- what is measured

  private List<Measured> read(Instant now) {
    try {
      var shelf = drafts.read();
      var found = survey.look(shelf, now);
      var waiting =
          shelf.whole().values().stream().filter(d -> d.state() == State.WAITING).toList();
      long unsound =
          shelf.whole().values().stream().filter(d -> d.state() == State.UNSOUND).count();
      double oldest =
          waiting.stream()
              .mapToDouble(d -> Duration.between(d.at(), now).toSeconds() / SECONDS_OF_DAY)
              .max()
              .orElse(0);
      return List.of(
          new Measured(AUTHOR, "playbooks_missing", found.missing().size()),
          new Measured(AUTHOR, "drafts_unsound", unsound),
          new Measured(SHELF, "drafts_damaged", shelf.torn().size()),
          new Measured(SHELF, "drafts_outdated", found.outdated().size()),
          new Measured(SHELF, "drafts_waiting", waiting.size()),
          new Measured(SHELF, "draft_age_d", Math.max(0, oldest)));
    } catch (IOException | JournalException e) {
      LOG.atWarn().setCause(e).log("nobody knows now whether a playbook is missing");
      return List.of();
    }
  }

  // ---- what is done

  private Result draftMissing(Warrant warrant) throws InterruptedException {
    try {
      Instant now = house.clock().instant();
      List<Gap> missing = survey.look(drafts.read(), now).missing();
      var written = new ArrayList<String>();
      for (Gap gap : missing.subList(0, Math.min(missing.size(), MOST_AT_ONCE))) {
        Optional<Draft> draft = author.write(gap).map(w -> tried(gap, w, now));
        if (draft.isPresent() && keep(draft.get())) {
          remember(draft.get(), MemoryType.PROCEDURAL, draft.get().told());
          written.add(draft.get().id());
        }
      }
      return new Result.Done("drafted " + String.join(", ", written));
    } catch (IOException | JournalException e) {
      return new Result.Failed("drafts cannot be written: " + e.getMessage(), true);
    }
  }

  /// @return false if it is there already, perhaps rejected meanwhile
  private boolean keep(Draft draft) throws IOException {
    lock.lock();
    try {
      if (draft(draft.id()).isPresent()) {
        return false;
      }
      drafts.put(draft);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Draft tried(Gap gap, Written written, Instant now) {
    var proof = new ArrayList<String>();
    var passed = new ArrayList<String>();
    var problems = new ArrayList<String>();
    switch (house.workshop().attempt(written.playbook(), written.tests())) {
      case Trial.Refused(List<Problem> found) ->
          found.stream().limit(MOST_PROBLEMS).map(Problem::toString).forEach(problems::add);
      case Trial.Proved(_, var proved, List<Case> tests) -> {
        proof.addAll(proved.lines());
        for (Case test : tests) {
          if (test.passed()) {
            passed.add(test.name());
          } else {
            problems.add("test '" + test.name() + "': " + String.join("; ", test.objections()));
          }
        }
      }
    }
    return new Draft(
        gap.id(),
        gap.diagnosis().value(),
        gap.service().value(),
        written.title(),
        gap.told(),
        gap.from(),
        written.playbook(),
        written.tests(),
        proof,
        passed,
        problems,
        house.policy().hash().value(),
        now,
        Optional.empty());
  }

  /// In the domain's own memory, and so in the journal. A draft does not depend on it.
  private void remember(Draft draft, MemoryType type, String what) throws InterruptedException {
    if (house.memories().isPresent()) {
      Answer answer =
          house
              .memories()
              .get()
              .remember(
                  type,
                  Sensitivity.ORDINARY,
                  "draft " + draft.id() + " (" + draft.title() + "): " + what,
                  Set.of(draft.diagnosis(), draft.service()),
                  draft.problems().isEmpty() ? 1 : 0,
                  Optional.empty());
      if (!(answer instanceof Answer.Kept)) {
        LOG.atWarn()
            .addKeyValue("draft", draft.id())
            .addKeyValue("answer", answer)
            .log("a draft is not remembered");
      }
    }
  }

  private Result rewriteDamaged(Warrant warrant) throws InterruptedException {
    try {
      int removed = drafts.removeTorn();
      return draftMissing(warrant) instanceof Result.Failed failed
          ? failed
          : new Result.Done("removed " + removed + " and wrote what still holds");
    } catch (IOException e) {
      return new Result.Failed("damaged drafts cannot be removed: " + e.getMessage(), true);
    }
  }

  private Result withdrawOutdated(Warrant warrant) {
    try {
      List<String> outdated = survey.look(drafts.read(), house.clock().instant()).outdated();
      lock.lock();
      try {
        for (String id : outdated) {
          if (draft(id).filter(d -> d.state() != State.REJECTED).isPresent()) {
            drafts.remove(id);
          }
        }
      } finally {
        lock.unlock();
      }
      return new Result.Done("withdrew " + outdated.size());
    } catch (IOException | JournalException e) {
      return new Result.Failed("drafts cannot be withdrawn: " + e.getMessage(), true);
    }
  }

  @Override
  public void close() {
    // Nothing of it runs by itself.
  }
}

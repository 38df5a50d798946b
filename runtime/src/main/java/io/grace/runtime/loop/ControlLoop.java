package io.grace.runtime.loop;

import io.grace.core.event.Event;
import io.grace.core.event.Event.LifeStarted;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Sighting;
import io.grace.core.loop.Commands;
import io.grace.core.loop.MemoryCommands;
import io.grace.core.loop.Reconciler;
import io.grace.core.memory.MemoryPolicy;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.monitor.Intake;
import io.grace.core.plan.Ranker;
import io.grace.core.policy.Policy;
import io.grace.core.spi.Journal;
import io.grace.core.state.RunTable;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Sense, decide, record, act. Owned by one thread; nothing else writes to the journal.
///
/// Everything that came in since the last cycle and everything that follows from it is one batch in
/// the journal. Only then is it state, are people answered, and is anything done in the world.
public final class ControlLoop {
  private final Policy policy;
  private final MemoryPolicy memories;
  private final Journal journal;
  private final Reconciler reconciler;
  private final Senses senses;
  private final Hands hands;
  private final Consumer<List<Event>> recorded;
  private final Silence silence;
  private final Intake intake;

  /// Results that could not be recorded yet: the world has changed, so they must not be lost.
  private final List<Input.Result> owed = new ArrayList<>();

  /// Services heard of, or fallen silent, in cycles that could not be recorded.
  private final Set<ServiceId> unjudged = new HashSet<>();

  private volatile Snapshot snapshot;
  private long dropped;

  /// With the standard policy of memories.
  ///
  /// @param ranker chooses among the playbooks that the gate allows
  /// @param from the state that the journal replays to
  /// @param recorded told of events once they are durable; must not block
  public ControlLoop(
      Policy policy,
      Duration metaCycle,
      Ranker ranker,
      Journal journal,
      Senses senses,
      Hands hands,
      Snapshot from,
      Consumer<List<Event>> recorded) {
    this(policy, MemoryPolicy.STANDARD, metaCycle, ranker, journal, senses, hands, from, recorded);
  }

  /// @param memories who may be told which memories
  /// @param ranker chooses among the playbooks that the gate allows
  /// @param from the state that the journal replays to
  /// @param recorded told of events once they are durable; must not block
  public ControlLoop(
      Policy policy,
      MemoryPolicy memories,
      Duration metaCycle,
      Ranker ranker,
      Journal journal,
      Senses senses,
      Hands hands,
      Snapshot from,
      Consumer<List<Event>> recorded) {
    this.policy = policy;
    this.memories = memories;
    this.journal = journal;
    this.reconciler = new Reconciler(policy, metaCycle, ranker);
    this.senses = senses;
    this.hands = hands;
    this.recorded = recorded;
    this.intake = new Intake(policy.sensing());
    this.silence = new Silence(policy.limits().staleAfter());
    this.snapshot = from;
  }

  /// Records that a new life begins. Must come before the first cycle.
  ///
  /// @param epoch the fencing epoch that the journal's lease gave to this process
  public void begin(long epoch, String version, Instant now) throws Journal.Unavailable {
    commit(List.of(new LifeStarted(epoch, version, policy.hash(), policy.ceiling(), now)));
    snapshot.health().keySet().forEach(service -> silence.heard(service, now));
  }

  /// One cycle.
  ///
  /// @throws Journal.Unavailable if nothing could be recorded: nothing was done either, people were
  ///   told so, and results are kept for the next cycle
  public void cycle(List<Input> inputs, Instant now) throws Journal.Unavailable {
    var events = new ArrayList<Event>();
    var answers = new ArrayList<Pending<?>>();
    // In the order of arrival, which is that of the memory where their measurements lie.
    Set<ServiceId> heard = new LinkedHashSet<>(silence.fallenSilent(now));
    heard.addAll(unjudged);
    Snapshot current = hear(inputs, events, answers, heard, now);
    for (Input input : withOwed(inputs)) {
      Optional<? extends Event> event =
          switch (input) {
            case Input.Signals(List<Signal> signals) -> {
              take(signals, heard, now);
              yield Optional.empty();
            }
            case Input.Reports _ -> Optional.empty(); // Taken in at the beginning, all together.
            case Input.Result result -> welcome(result, current);
            case Input.Asked asked -> ask(asked, current, answers, now);
            case Input.Memory memory -> ask(memory, current, answers, now);
          };
      if (event.isPresent()) {
        events.add(event.get());
        current = current.after(List.of(event.get()));
      }
    }
    var decision = reconciler.reconcile(current, senses.readings(), heard, now);
    events.addAll(decision.events());
    try {
      record(events, decision.after());
    } catch (Journal.Unavailable e) {
      unjudged.addAll(heard);
      answers.forEach(a -> a.fail(String.valueOf(e.getMessage())));
      throw e;
    }
    owed.clear();
    unjudged.clear();
    answers.forEach(Pending::give);
    hands.perform(snapshot);
  }

  /// What readers such as the REST API see: never older than the last cycle, never half a cycle.
  public Snapshot snapshot() {
    return snapshot;
  }

  /// How reports were taken in.
  public Intake intake() {
    return intake;
  }

  /// Results that came too late to be welcome.
  public long dropped() {
    return dropped;
  }

  /// An answer that waits until what it is about is durable.
  private record Pending<T>(Reply<T> reply, T answer, Function<String, T> failure) {
    void give() {
      reply.give(answer);
    }

    void fail(String why) {
      reply.give(failure.apply(why));
    }
  }

  /// What sources reported, as one batch: a storm costs one fold and not a thousand.
  private Snapshot hear(
      List<Input> inputs,
      List<Event> events,
      List<Pending<?>> answers,
      Set<ServiceId> heard,
      Instant now) {
    var reports = new ArrayList<Report>();
    for (Input input : inputs) {
      if (input instanceof Input.Reports r) {
        reports.addAll(r.reports());
      }
    }
    long refusedBefore = intake.refused();
    List<Sighting> news = intake.take(reports, snapshot.sensed(), now);
    Reply.Receipt taken = new Reply.Receipt.Taken(intake.refused() - refusedBefore);
    for (Input input : inputs) {
      if (input instanceof Input.Reports(_, var reply)) {
        reply.ifPresent(r -> answers.add(new Pending<>(r, taken, Reply.Receipt.NotRecorded::new)));
      }
    }
    if (news.isEmpty()) {
      return snapshot;
    }
    for (Sighting event : news) {
      if (event instanceof Sighting.AlertEvent alert) {
        heard.add(alert.service());
        silence.heard(alert.service(), now);
      }
    }
    events.addAll(news);
    return snapshot.after(news);
  }

  private List<Input> withOwed(List<Input> inputs) {
    inputs.forEach(input -> {
      if (input instanceof Input.Result result) {
        owed.add(result);
      }
    });
    var all = new ArrayList<Input>(owed);
    inputs.stream().filter(i -> !(i instanceof Input.Result)).forEach(all::add);
    return all;
  }

  private void take(List<Signal> signals, Set<ServiceId> heard, Instant now) {
    for (Signal signal : signals) {
      if (senses.add().test(signal)) {
        heard.add(signal.service());
        silence.heard(signal.service(), now);
      }
    }
  }

  /// A late result finds a run that moved on, and is dropped.
  private Optional<RunEvent> welcome(Input.Result result, Snapshot current) {
    RunEvent event = result.event();
    boolean isWelcome =
        current.run(event.run()).map(run -> RunTable.accepts(run, event)).orElse(false);
    if (!isWelcome) {
      dropped++;
      return Optional.empty();
    }
    return Optional.of(event);
  }

  private Optional<Event> ask(
      Input.Asked asked, Snapshot current, List<Pending<?>> answers, Instant now) {
    var outcome = Commands.decide(asked.command(), current, policy, senses.readings(), now);
    answers.add(
        new Pending<Reply.Answer>(
            asked.reply(), new Reply.Answer.Decided(outcome), Reply.Answer.NotRecorded::new));
    return outcome instanceof Commands.Outcome.Accepted(Optional<Event> event)
        ? event
        : Optional.empty();
  }

  private Optional<? extends Event> ask(
      Input.Memory asked, Snapshot current, List<Pending<?>> answers, Instant now) {
    var outcome = MemoryCommands.decide(asked.command(), current, memories, now);
    answers.add(
        new Pending<Reply.Recorded>(
            asked.reply(), new Reply.Recorded.Decided(outcome), Reply.Recorded.NotRecorded::new));
    return outcome.event();
  }

  private void commit(List<Event> events) throws Journal.Unavailable {
    record(events, snapshot.after(events));
  }

  private void record(List<Event> events, Snapshot after) throws Journal.Unavailable {
    if (!events.isEmpty()) {
      journal.append(events);
      snapshot = after;
      recorded.accept(events);
    }
  }
}

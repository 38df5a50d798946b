package io.grace.core.loop;

import io.grace.core.analyze.Calls;
import io.grace.core.event.Event;
import io.grace.core.model.ServiceId;
import io.grace.core.monitor.Readings;
import io.grace.core.plan.Ranker;
import io.grace.core.policy.Policy;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Decides what to record next, from what is known now: monitor, analyze, plan, govern, in this
/// order.
///
/// Level-triggered: it looks at the state and not at what changed, so a lost wake-up or a restart
/// costs time and never correctness. Its cost follows the services that were heard of and the
/// incidents and runs that are open, not the services that exist.
public final class Reconciler {
  /// Health → parliament → storm → incident → correlation → proposal → admission → first step are
  /// eight passes; what needs more is caught in the next cycle.
  private static final int MOST_PASSES = 10;

  private final HealthStage health;
  private final StormStage storm;
  private final CorrelationStage correlation;
  private final IncidentStage incidents;
  private final ProposalStage proposals;
  private final RunStage runs;
  private final TriggerStage triggers;
  private final MetaStage meta;
  private final ParliamentStage parliament;

  /// Takes the playbook that is expected to help most.
  ///
  /// @param metaCycle how often the whole is looked at
  public Reconciler(Policy policy, Duration metaCycle) {
    this(policy, metaCycle, Ranker.AS_EXPECTED);
  }

  /// @param metaCycle how often the whole is looked at
  /// @param ranker chooses among the playbooks that the gate allows
  public Reconciler(Policy policy, Duration metaCycle, Ranker ranker) {
    this.health = new HealthStage(policy);
    var calls = new Calls(policy.topology());
    this.storm = new StormStage(policy);
    this.incidents = new IncidentStage(policy, calls);
    this.correlation = new CorrelationStage(policy, calls);
    this.proposals = new ProposalStage(policy, calls, ranker);
    this.runs = new RunStage(policy);
    this.triggers = new TriggerStage(calls);
    this.meta = new MetaStage(metaCycle);
    this.parliament = new ParliamentStage(policy);
  }

  /// What follows from the state, to the point where nothing more does.
  ///
  /// @param heard the services with news, or whose silence became news
  public Decision reconcile(
      Snapshot snapshot, Readings readings, Set<ServiceId> heard, Instant now) {
    var decided = new ArrayList<Event>();
    Snapshot current = snapshot;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      List<? extends Event> events =
          pass == 0 ? health.decide(current, readings, heard, now) : List.of();
      if (events.isEmpty()) {
        events = next(current, readings, now);
      }
      if (events.isEmpty()) {
        break;
      }
      decided.addAll(events);
      current = current.after(events);
    }
    return new Decision(List.copyOf(decided), current);
  }

  /// One stage at a time, so that each sees what the one before it decided.
  private List<? extends Event> next(Snapshot snapshot, Readings readings, Instant now) {
    // First, since nothing may be done under a policy before it is known whose vote counts.
    List<? extends Event> events = parliament.decide(snapshot, now);
    if (events.isEmpty()) {
      events = storm.decide(snapshot, now);
    }
    if (events.isEmpty()) {
      events = incidents.decide(snapshot, now);
    }
    if (events.isEmpty()) {
      events = correlation.decide(snapshot, now);
    }
    if (events.isEmpty()) {
      events = runs.decide(snapshot, readings, now);
    }
    if (events.isEmpty()) {
      events = proposals.decide(snapshot, readings, now);
    }
    if (events.isEmpty()) {
      events = triggers.decide(snapshot, now);
    }
    return events.isEmpty() ? meta.decide(snapshot, now) : events;
  }

  /// @param after the state once the events are recorded
  public record Decision(List<Event> events, Snapshot after) {}
}

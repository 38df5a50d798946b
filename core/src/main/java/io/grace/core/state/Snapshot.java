package io.grace.core.state;

import io.grace.core.event.Event;
import io.grace.core.learn.Alone;
import io.grace.core.learn.Belief;
import io.grace.core.learn.Experience;
import io.grace.core.learn.Precedent;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Hash;
import io.grace.core.model.Health;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetaCycle;
import io.grace.core.model.Mode;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that GRACE knows at one moment: the fold of the journal up to there. *Immutable.*
///
/// Ended runs are not kept, only what follows from them; their story is in the journal and its
/// projections.
///
/// @param runs the open ones
/// @param incidents open ones, and resolved ones that may still be reopened
/// @param openIncidents by service
/// @param proposals when runs were proposed lately, by service
/// @param attempts when runs acted lately, by service and diagnosis
/// @param selfRecoveries incidents that cleared though GRACE had done nothing
/// @param alone how long incidents were left alone, by what they were, the newest last, at most
///   [LearnedFold#ALONE]
/// @param precedents what incidents that are over showed of their causes, by that of the cause, the
///   newest, at most [LearnedFold#PRECEDENTS]
/// @param experiences what decisions came to, the newest last, at most [LearnedFold#EXPERIENCES]
/// @param outcomes of the runs that ended lately, the newest last, at most
///   [LearnedFold#RECENT_OUTCOMES]
/// @param sensed what was heard from outside, as far as it still matters
/// @param memories who used memories how
/// @param motions who votes on policies, and on which
/// @param lastRun how many runs were ever proposed; the next id follows from it
public record Snapshot(
    Life life,
    Optional<Pause> pause,
    Map<ServiceId, ServiceHealth> health,
    Map<IncidentId, Incident> incidents,
    Map<ServiceId, IncidentId> openIncidents,
    Map<RunId, Run> runs,
    Map<ServiceId, List<Instant>> proposals,
    Map<Ailment, List<Instant>> attempts,
    Map<Proposal.Key, Track> tracks,
    Map<Proposal.Key, Belief> beliefs,
    Map<Ailment, Integer> selfRecoveries,
    Map<Ailment, List<Alone>> alone,
    Map<IncidentId, Precedent> precedents,
    List<Experience> experiences,
    List<RecentOutcome> outcomes,
    Counters counters,
    Optional<MetaAt> meta,
    Sensed sensed,
    Memories memories,
    Motions motions,
    long lastRun,
    long lastIncident) {

  /// The process that leads now.
  public record Life(long epoch, Hash policy, Mode ceiling, Instant since) {}

  public record Pause(String by, String reason, Instant since) {}

  public record ServiceHealth(Health health, Instant since) {}

  public record MetaAt(MetaCycle cycle, Instant at) {}

  public record RecentOutcome(
      ServiceId service, PlaybookId playbook, Run.Outcome outcome, Instant at) {}

  /// A kind of trouble of one service.
  public record Ailment(ServiceId service, DiagnosisKind diagnosis) {
    @Override
    public String toString() {
      return service + "/" + diagnosis;
    }
  }

  public static final Snapshot EMPTY =
      new Snapshot(
          new Life(0, Hash.sha256("no life yet"), Mode.OBSERVE, Instant.EPOCH),
          Optional.empty(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          List.of(),
          List.of(),
          Counters.NONE,
          Optional.empty(),
          Sensed.NOTHING,
          Memories.NONE,
          Motions.NONE,
          0,
          0);

  /// The state after these events. Costs what the events touch: a map that none of them changes is
  /// shared.
  ///
  /// @throws IllegalStateException if an event is not legal now; see [RunTable]
  public Snapshot after(Iterable<? extends Event> events) {
    var fold = new Fold(this);
    events.forEach(fold::apply);
    return fold.snapshot();
  }

  /// The same state as if no run of the service were open; for asking what would be decided then.
  public Snapshot withoutRunsOf(ServiceId service) {
    if (openRun(service).isEmpty()) {
      return this;
    }
    var others = new HashMap<>(runs);
    others.values().removeIf(run -> run.plan().service().equals(service));
    return with(others, motions);
  }

  /// The same state as if nobody had ever voted on policies; for asking what another policy would
  /// decide, once it is ratified.
  public Snapshot withoutMotions() {
    return with(runs, Motions.NONE);
  }

  private Snapshot with(Map<RunId, Run> runs, Motions motions) {
    return new Snapshot(
        life,
        pause,
        health,
        incidents,
        openIncidents,
        runs,
        proposals,
        attempts,
        tracks,
        beliefs,
        selfRecoveries,
        alone,
        precedents,
        experiences,
        outcomes,
        counters,
        meta,
        sensed,
        memories,
        motions,
        lastRun,
        lastIncident);
  }

  public Health health(ServiceId service) {
    var known = health.get(service);
    return known == null ? Health.UNKNOWN : known.health();
  }

  public Optional<Run> run(RunId id) {
    return Optional.ofNullable(runs.get(id));
  }

  public Optional<Incident> incident(IncidentId id) {
    return Optional.ofNullable(incidents.get(id));
  }

  public Optional<Incident> openIncident(ServiceId service) {
    return Optional.ofNullable(openIncidents.get(service)).map(incidents::get);
  }

  public Optional<Run> openRun(ServiceId service) {
    return runs.values().stream().filter(r -> r.plan().service().equals(service)).findFirst();
  }

  public boolean isPaused() {
    return pause.isPresent();
  }

  public Belief belief(Proposal.Key key) {
    return beliefs.getOrDefault(key, Belief.NONE);
  }

  public Track track(Proposal.Key key) {
    return tracks.getOrDefault(key, Track.NONE);
  }

  public List<Instant> proposalsOf(ServiceId service) {
    return proposals.getOrDefault(service, List.of());
  }

  public List<Instant> attemptsFor(Ailment ailment) {
    return attempts.getOrDefault(ailment, List.of());
  }

  public MetaCycle metaCycle() {
    return meta.map(MetaAt::cycle).orElse(MetaCycle.NONE);
  }
}

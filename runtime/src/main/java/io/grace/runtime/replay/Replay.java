package io.grace.runtime.replay;

import io.grace.core.event.Event;
import io.grace.core.event.Event.HealthChanged;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentEvent;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.IncidentReopened;
import io.grace.core.event.Event.IncidentResolved;
import io.grace.core.event.Event.ProposalSkipped;
import io.grace.core.event.Event.Recovery;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.IncidentId;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.core.state.Run;
import io.grace.core.state.RunTable;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs the recorded incidents of a journal through detection, diagnosis, ranking and gate of a
/// policy, on simulated time, by the very stages that run in production.
///
/// Each incident is met as it was met then: with the state of that moment, and with the
/// measurements that were recorded until the first act on it, after which the world is another one.
/// What was not recorded is not known: a policy that looks at other metrics, or more closely, sees
/// here what the journal kept of them. Owned by one thread.
public final class Replay {
  /// One incident.
  ///
  /// @param diagnosis the recorded one
  /// @param recorded what was decided then
  /// @param before what the old policy decides; as `recorded` if there is none
  /// @param after what the new policy decides
  /// @param tried what was done first then
  /// @param helped whether that was verified, or, if nothing was done, whether it cleared by
  ///   itself; empty if it is not known
  public record Case(
      IncidentId incident,
      ServiceId service,
      Instant at,
      Optional<DiagnosisKind> diagnosis,
      Decided recorded,
      Decided before,
      Decided after,
      Optional<PlaybookId> tried,
      Optional<Boolean> helped) {}

  /// What was measured of a service from some time on.
  record Frame(Instant at, HealthChanged health) {}

  /// An incident while it is read.
  private static final class Met {
    private final IncidentId id;
    private final ServiceId service;
    private final Snapshot base;
    private final List<Frame> frames = new ArrayList<>();
    private final Instant at;
    private Optional<DiagnosisKind> diagnosis = Optional.empty();
    private Decided decided = Decided.UNDECIDED;
    private Optional<Run> first = Optional.empty();
    private Optional<Instant> touched = Optional.empty();

    Met(IncidentId id, ServiceId service, Snapshot base, Instant at) {
      this.id = id;
      this.service = service;
      this.base = base;
      this.at = at;
    }
  }

  private record Sick(Snapshot base, HealthChanged health) {}

  private final Optional<Rerun> old;
  private final Rerun fresh;
  private final Map<IncidentId, Met> open = new HashMap<>();

  /// Services that fell sick and have no incident yet, with the state before.
  private final Map<ServiceId, Sick> sick = new HashMap<>();

  /// Incidents by their runs.
  private final Map<String, IncidentId> runs = new HashMap<>();

  private final List<Case> cases = new ArrayList<>();
  private Snapshot snapshot = Snapshot.EMPTY;

  /// @param before the policy to compare with; empty to compare with what was recorded
  public Replay(Optional<Policy> before, Policy after) {
    this.old = before.map(Rerun::new);
    this.fresh = new Rerun(after);
  }

  /// The next event of the journal.
  public void read(Event event) {
    Snapshot before = snapshot;
    Optional<Run> run =
        event instanceof RunEvent e && !(e instanceof RunProposed)
            ? before.run(e.run())
            : Optional.empty();
    snapshot = snapshot.after(List.of(event));
    switch (event) {
      case HealthChanged e -> health(e, before);
      case IncidentOpened e -> opened(e.incident(), e.service(), e.at());
      case IncidentReopened e ->
          opened(e.incident(), snapshot.incident(e.incident()).orElseThrow().service(), e.at());
      case IncidentDiagnosed e ->
          met(e).ifPresent(m -> m.diagnosis = Optional.of(e.diagnosis().kind()));
      case ProposalSkipped e -> {
        var met = open.get(e.incident());
        if (met != null && met.decided.kind() == Decided.Kind.NOTHING) {
          met.decided = Decided.of(e);
        }
      }
      case RunProposed e -> proposed(e);
      case RunEvent e -> run.ifPresent(r -> ran(r, e));
      case IncidentResolved e -> met(e).ifPresent(m -> conclude(m, Optional.of(e.recovery())));
      default -> {}
    }
  }

  private Optional<Met> met(IncidentEvent event) {
    return Optional.ofNullable(open.get(event.incident()));
  }

  private void health(HealthChanged e, Snapshot before) {
    if (!e.health().isSick()) {
      sick.remove(e.service());
    } else if (!before.openIncidents().containsKey(e.service())) {
      sick.putIfAbsent(e.service(), new Sick(before, e));
    }
    var incident = snapshot.openIncidents().get(e.service());
    var met = incident == null ? null : open.get(incident);
    if (met != null && met.touched.isEmpty()) {
      met.frames.add(new Frame(e.at(), e));
    }
  }

  private void opened(IncidentId id, ServiceId service, Instant at) {
    var before = sick.remove(service);
    if (before != null) {
      var met = new Met(id, service, before.base(), at);
      met.frames.add(new Frame(before.health().at(), before.health()));
      open.put(id, met);
    }
  }

  private void proposed(RunProposed e) {
    var met = open.get(e.proposal().incident());
    runs.put(e.run().value(), e.proposal().incident());
    if (met != null
        && met.decided.kind() == Decided.Kind.NOTHING
        && e.proposal().requestedBy().equals(Event.GRACE)) {
      met.decided = Decided.of(e);
    }
  }

  private void ran(Run run, RunEvent event) {
    var incident = runs.get(event.run().value());
    var met = incident == null ? null : open.get(incident);
    if (met == null) {
      return;
    }
    if (event instanceof StepStarted && met.touched.isEmpty()) {
      met.touched = Optional.of(event.at());
      met.first = Optional.of(run);
    }
    if (met.first.isPresent() && met.first.get().id().equals(run.id())) {
      met.first = Optional.of(RunTable.apply(run, event));
    }
  }

  /// The end of the journal: incidents that are still open count as well.
  ///
  /// @return in the order in which they began
  public List<Case> finish() {
    List.copyOf(open.values()).forEach(met -> conclude(met, Optional.empty()));
    cases.sort((a, b) -> {
      int byTime = a.at().compareTo(b.at());
      return byTime != 0 ? byTime : a.incident().compareTo(b.incident());
    });
    return List.copyOf(cases);
  }

  private void conclude(Met met, Optional<Recovery> recovery) {
    open.remove(met.id);
    Instant end = met.touched.orElse(lastFrame(met));
    Decided after = fresh.decide(met.base, met.service, met.frames, end);
    Decided before =
        old.map(o -> o.decide(met.base, met.service, met.frames, end)).orElse(met.decided);
    cases.add(
        new Case(
            met.id,
            met.service,
            met.at,
            met.diagnosis,
            met.decided,
            before,
            after,
            met.first.map(r -> r.plan().playbook()),
            helped(met, recovery)));
  }

  /// Whoever waits for symptoms to settle is given the time, as far as they lasted.
  private static Instant lastFrame(Met met) {
    Instant last = met.frames.getLast().at();
    return met.frames.getLast().health().health().isSick() ? last.plus(Rerun.PATIENCE) : last;
  }

  private static Optional<Boolean> helped(Met met, Optional<Recovery> recovery) {
    if (met.first.isPresent()) {
      return met.first.get() instanceof Run.Done done
          ? Optional.of(done.outcome() == Run.Outcome.SUCCEEDED)
          : Optional.empty();
    }
    return recovery.map(r -> r == Recovery.BY_ITSELF);
  }
}

package io.grace.core.state;

import io.grace.core.event.Event.Recovery;
import io.grace.core.model.Causes;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Something is wrong with a service, from the first symptom to recovery. *Immutable.*
///
/// @param opened the first time
/// @param since when it was opened or reopened last, or its cause was last seen elsewhere: symptoms
///   that a dependency leaves behind get time to go away
/// @param causes where it may come from; empty until that was worked out
/// @param acknowledgedBy the person who looks after it
/// @param escalation why a person is called
/// @param attempts the runs that acted for it
/// @param failedPlaybooks those that acted since it was opened and did not help
/// @param declined those that a person rejected since it was opened
/// @param helped the run that was verified last
/// @param needsPerson why GRACE must not go on by itself
/// @param lastSkip the last recorded reason why nothing was proposed
/// @param merge the incident that it is part of, and why
/// @param isApart whether a person said that it stands for itself
/// @param resolution empty while it is open
public record Incident(
    IncidentId id,
    ServiceId service,
    Hash fingerprint,
    Severity severity,
    Instant opened,
    Instant since,
    int reopened,
    Optional<Diagnosis> diagnosis,
    Optional<Causes> causes,
    Optional<String> acknowledgedBy,
    Optional<Escalation> escalation,
    List<RunId> attempts,
    Set<PlaybookId> failedPlaybooks,
    Set<PlaybookId> declined,
    Optional<RunId> helped,
    Optional<String> needsPerson,
    Optional<String> lastSkip,
    Optional<Merge> merge,
    boolean isApart,
    Optional<Resolution> resolution) {
  public record Escalation(String reason, Instant at) {}

  public record Resolution(Recovery recovery, Instant at) {}

  /// @param by `grace` or a person
  public record Merge(IncidentId into, double score, String reason, String by, Instant at) {}

  public Incident {
    attempts = List.copyOf(attempts);
    failedPlaybooks = Set.copyOf(failedPlaybooks);
    declined = Set.copyOf(declined);
  }

  static Incident open(
      IncidentId id, ServiceId service, Hash fingerprint, Severity severity, Instant at) {
    return new Incident(
        id,
        service,
        fingerprint,
        severity,
        at,
        at,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  /// When it fell sick, this time.
  public Instant began() {
    return reopened > 0 ? since : opened;
  }

  public boolean isOpen() {
    return resolution.isEmpty();
  }

  /// The playbooks that are not to be proposed for it again, with the reason.
  public Map<PlaybookId, String> ruledOut() {
    var reasons = new HashMap<PlaybookId, String>();
    declined.forEach(p -> reasons.put(p, "was rejected in this incident"));
    failedPlaybooks.forEach(p -> reasons.put(p, "did not help in this incident"));
    return reasons;
  }

  public boolean isEscalated() {
    return escalation.isPresent();
  }

  /// What happened, as a change of one part.
  Incident with(Change change) {
    return new Incident(
        id,
        service,
        fingerprint,
        change instanceof Change.Diagnosed d ? d.diagnosis().severity() : severity,
        opened,
        since(change),
        change instanceof Change.Reopened ? reopened + 1 : reopened,
        change instanceof Change.Diagnosed d ? Optional.of(d.diagnosis()) : diagnosis,
        change instanceof Change.Traced t
            ? Optional.of(t.causes())
            : change instanceof Change.Reopened ? Optional.empty() : causes,
        change instanceof Change.Acknowledged a ? Optional.of(a.by()) : acknowledgedBy,
        change instanceof Change.Escalated e
            ? Optional.of(new Escalation(e.reason(), e.at()))
            : change instanceof Change.Reopened ? Optional.empty() : escalation,
        change instanceof Change.Acted a ? plus(attempts, a.run()) : attempts,
        change instanceof Change.Failed f
            ? plus(failedPlaybooks, f.playbook())
            : change instanceof Change.Reopened ? Set.of() : failedPlaybooks,
        change instanceof Change.Declined d
            ? plus(declined, d.playbook())
            : change instanceof Change.Reopened ? Set.of() : declined,
        change instanceof Change.Helped h
            ? Optional.of(h.run())
            : change instanceof Change.Reopened ? Optional.empty() : helped,
        change instanceof Change.Failed f && f.needsPerson().isPresent()
            ? f.needsPerson()
            : change instanceof Change.Reopened ? Optional.empty() : needsPerson,
        change instanceof Change.Skipped s ? Optional.of(s.reason()) : lastSkip,
        change instanceof Change.Merged m
            ? Optional.of(m.merge())
            : change instanceof Change.Split || change instanceof Change.Reopened
                ? Optional.empty()
                : merge,
        change instanceof Change.Split || (isApart && !(change instanceof Change.Merged)),
        change instanceof Change.Resolved r
            ? Optional.of(new Resolution(r.recovery(), r.at()))
            : change instanceof Change.Reopened ? Optional.empty() : resolution);
  }

  private Instant since(Change change) {
    if (change instanceof Change.Reopened r) {
      return r.at();
    }
    boolean wasCausedElsewhere = diagnosis.map(d -> d.causedBy().isPresent()).orElse(false);
    return change instanceof Change.Diagnosed d
            && wasCausedElsewhere
            && d.diagnosis().causedBy().isEmpty()
        ? d.at()
        : since;
  }

  private static Set<PlaybookId> plus(Set<PlaybookId> playbooks, PlaybookId playbook) {
    var all = new HashSet<>(playbooks);
    all.add(playbook);
    return all;
  }

  private static List<RunId> plus(List<RunId> runs, RunId run) {
    if (runs.contains(run)) {
      return runs;
    }
    var all = new ArrayList<>(runs);
    all.add(run);
    return all;
  }

  sealed interface Change {
    record Diagnosed(Diagnosis diagnosis, Instant at) implements Change {}

    record Traced(Causes causes) implements Change {}

    record Acknowledged(String by) implements Change {}

    record Escalated(String reason, Instant at) implements Change {}

    record Acted(RunId run) implements Change {}

    record Helped(RunId run) implements Change {}

    record Failed(PlaybookId playbook, Optional<String> needsPerson) implements Change {}

    record Declined(PlaybookId playbook) implements Change {}

    record Skipped(String reason) implements Change {}

    record Resolved(Recovery recovery, Instant at) implements Change {}

    record Reopened(Instant at) implements Change {}

    record Merged(Merge merge) implements Change {}

    record Split() implements Change {}
  }
}

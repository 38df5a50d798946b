package io.grace.core.event;

import io.grace.core.model.Argument;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Finding;
import io.grace.core.model.Hash;
import io.grace.core.model.Health;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetaCycle;
import io.grace.core.model.Mode;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.Receipt;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something that happened. Events are the only way state changes. *Immutable.*
///
/// What GRACE decides and does is here; what it hears from outside is in [Sighting]; who was told
/// which memories is in [MemoryEvent]; how policies are voted on is in [PolicyMotion]. Together
/// they are the vocabulary of the journal.
public sealed interface Event
    permits Event.SystemEvent,
        Event.HealthChanged,
        Event.ProposalSkipped,
        Event.IncidentEvent,
        Event.RunEvent,
        Sighting,
        MemoryEvent,
        PolicyMotion {
  /// The actor of everything that no person did.
  String GRACE = "grace";

  Instant at();

  /// What it is about: a run, an incident, a service, or `grace`.
  String subject();

  /// Who caused it: `grace` or a person's name.
  default String actor() {
    return GRACE;
  }

  // ---- GRACE itself

  /// What happens to GRACE as a whole.
  sealed interface SystemEvent extends Event {
    @Override
    default String subject() {
      return GRACE;
    }
  }

  /// A process took the lead. Whatever was under way in an earlier life has an unknown outcome.
  ///
  /// @param epoch rises with every life
  record LifeStarted(long epoch, String version, Hash policy, Mode ceiling, Instant at)
      implements SystemEvent {}

  /// The kill switch was thrown: nothing may be started, not even an undo.
  record Paused(String by, String reason, Instant at) implements SystemEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  record Resumed(String by, String reason, Instant at) implements SystemEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  /// GRACE looked at the whole and chose its focus and guardrails.
  record MetaCycled(MetaCycle cycle, Instant at) implements SystemEvent {}

  // ---- services

  record HealthChanged(ServiceId service, Health.Status from, Health health, Instant at)
      implements Event {
    @Override
    public String subject() {
      return service.value();
    }
  }

  /// A playbook was considered and not proposed; recorded when the reason changes.
  ///
  /// @param rule the rule of the gate, or of the planner, that stood in the way
  record ProposalSkipped(
      IncidentId incident,
      ServiceId service,
      DiagnosisKind diagnosis,
      Optional<PlaybookId> playbook,
      String rule,
      String why,
      Instant at)
      implements Event {
    @Override
    public String subject() {
      return service.value();
    }

    /// What makes two skips the same, so that the second need not be recorded.
    public String sameness() {
      return diagnosis + "/" + playbook.map(PlaybookId::value).orElse("-") + "/" + rule;
    }
  }

  // ---- incidents

  /// What happens to one incident.
  sealed interface IncidentEvent extends Event {
    IncidentId incident();

    @Override
    default String subject() {
      return incident().value();
    }
  }

  /// @param fingerprint two incidents with the same one are about the same thing
  record IncidentOpened(
      IncidentId incident, ServiceId service, Hash fingerprint, Severity severity, Instant at)
      implements IncidentEvent {}

  record IncidentDiagnosed(IncidentId incident, Diagnosis diagnosis, Instant at)
      implements IncidentEvent {}

  record IncidentAcknowledged(IncidentId incident, String by, Instant at) implements IncidentEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  /// What a person wrote down about it; changes nothing.
  record IncidentNoted(IncidentId incident, String by, String note, Instant at)
      implements IncidentEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  record IncidentResolved(IncidentId incident, Recovery recovery, Instant at)
      implements IncidentEvent {}

  record IncidentReopened(IncidentId incident, Instant at) implements IncidentEvent {}

  record IncidentEscalated(IncidentId incident, String reason, Instant at)
      implements IncidentEvent {}

  /// What made an incident go away.
  enum Recovery {
    /// It cleared and GRACE had done nothing.
    BY_ITSELF,
    /// A run was verified.
    BY_RUN,
    /// It cleared after runs that did not help.
    DESPITE_RUNS
  }

  // ---- runs

  /// What happens to one run; see the table in `RunTable`.
  sealed interface RunEvent extends Event {
    RunId run();

    @Override
    default String subject() {
      return run().value();
    }
  }

  /// @param receipts what every rule of the gate said
  /// @param verdict what follows from them, in one sentence; in observe mode what would follow
  /// @param expires unanswered until then, it is denied
  record RunProposed(
      RunId run,
      Proposal proposal,
      List<Receipt> receipts,
      String verdict,
      Instant expires,
      Instant at)
      implements RunEvent {
    public RunProposed {
      receipts = List.copyOf(receipts);
    }

    @Override
    public String actor() {
      return proposal.requestedBy();
    }
  }

  /// One person agreed to exactly the plan with this hash.
  record RunApproved(
      RunId run, String by, Hash hash, ApprovalScope scope, String reason, Instant at)
      implements RunEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  /// What an approval is about.
  enum ApprovalScope {
    PLAN,
    /// The plan, and that it runs outside the change windows.
    OVERRIDE
  }

  /// The gate let it in; from here the run's own limit counts.
  record RunAdmitted(RunId run, List<Receipt> receipts, Instant deadline, Instant at)
      implements RunEvent {
    public RunAdmitted {
      receipts = List.copyOf(receipts);
    }
  }

  record RunRejected(RunId run, String by, String reason, Instant at) implements RunEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  /// The gate says no, for good.
  record RunDenied(RunId run, List<Receipt> receipts, String reason, Instant at)
      implements RunEvent {
    public RunDenied {
      receipts = List.copyOf(receipts);
    }
  }

  /// The gate says not now.
  ///
  /// @param until when it opens next
  /// @param expires the new limit for its answer
  record RunDeferred(RunId run, Instant until, Instant expires, String reason, Instant at)
      implements RunEvent {}

  /// The intent, recorded before the effect. After a crash it says what may have happened.
  ///
  /// @param step from 0
  /// @param attempt from 0
  /// @param epoch the life that means to do it
  record StepStarted(
      RunId run, int step, int attempt, long epoch, List<Receipt> receipts, Instant at)
      implements RunEvent {
    public StepStarted {
      receipts = List.copyOf(receipts);
    }
  }

  record StepEnded(RunId run, int step, int attempt, StepOutcome outcome, String detail, Instant at)
      implements RunEvent {}

  record StepChecked(RunId run, int step, Finding finding, String detail, Instant at)
      implements RunEvent {}

  /// What came of a step that only finds something out, or of waiting in vain.
  ///
  /// @param result as in `Plan.Result`, or the answer that counts if nobody gave one
  record StepDecided(RunId run, int step, Argument result, String detail, Instant at)
      implements RunEvent {}

  /// A person answered the question of a step.
  record StepAnswered(RunId run, int step, String by, Argument answer, String reason, Instant at)
      implements RunEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  record RunVerified(RunId run, Finding finding, String detail, Instant at) implements RunEvent {}

  /// A person answered what verification could not tell.
  record RunAnswered(RunId run, String by, Finding finding, String reason, Instant at)
      implements RunEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  /// The intent to undo a step.
  record CompensationStarted(RunId run, int step, long epoch, Instant at) implements RunEvent {}

  record CompensationEnded(RunId run, int step, StepOutcome outcome, String detail, Instant at)
      implements RunEvent {}

  /// A state lasted longer than it may.
  record RunExpired(RunId run, String reason, Instant at) implements RunEvent {}

  record RunCancelled(RunId run, String by, String reason, Instant at) implements RunEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  /// The end of a run that GRACE only watched.
  ///
  /// @param would what the gate would have said in the mode above observe
  /// @param recovered whether the service recovered by itself
  /// @param after how long the proposal stood
  record RunObserved(RunId run, String would, boolean recovered, Duration after, Instant at)
      implements RunEvent {}

  /// What came of a step or a compensation.
  enum StepOutcome {
    DONE,
    /// Nothing changed, and another attempt may succeed.
    PASSING,
    /// Nothing changed.
    FAILED,
    /// It may have been done. Never attempted again.
    UNKNOWN
  }
}

package io.grace.core.model;

import java.util.List;
import java.util.Optional;

/// A plan for an incident, with what it was chosen over. *Immutable.*
///
/// @param hash what an approval is bound to; see [Plans#hash]
/// @param policy the policy it was judged under
/// @param requestedBy `grace` or the person who asked for it
/// @param mode how far GRACE might go by itself with this service and playbook
/// @param candidates in the order of their rank
/// @param circumstances what it was decided in
/// @param advice what each adviser said
public record Proposal(
    IncidentId incident,
    Diagnosis diagnosis,
    Plan plan,
    Hash hash,
    Hash policy,
    BlastRadius blastRadius,
    String requestedBy,
    Mode mode,
    List<Candidate> candidates,
    Circumstances circumstances,
    List<Advice> advice) {
  public Proposal {
    candidates = List.copyOf(candidates);
    advice = List.copyOf(advice);
  }

  /// One that nobody advised on.
  public Proposal(
      IncidentId incident,
      Diagnosis diagnosis,
      Plan plan,
      Hash hash,
      Hash policy,
      BlastRadius blastRadius,
      String requestedBy,
      Mode mode,
      List<Candidate> candidates) {
    this(
        incident,
        diagnosis,
        plan,
        hash,
        policy,
        blastRadius,
        requestedBy,
        mode,
        candidates,
        Circumstances.UNKNOWN,
        List.of());
  }

  /// The one that is to run, as it was judged among the others; empty if none was compared.
  public Optional<Candidate> chosen() {
    return candidates.stream().filter(c -> c.passedOver().isEmpty()).findFirst();
  }

  public ServiceId service() {
    return plan.service();
  }

  /// One run at a time may have this key.
  public Key key() {
    return new Key(service(), diagnosis.kind(), plan.playbook());
  }

  /// What outcomes are learned for, and what is tried only once at a time.
  public record Key(ServiceId service, DiagnosisKind diagnosis, PlaybookId playbook) {
    @Override
    public String toString() {
      return service + "/" + diagnosis + "/" + playbook;
    }
  }
}

package io.grace.core.model;

import java.util.List;

/// A plan for an incident, with what it was chosen over. *Immutable.*
///
/// @param hash what an approval is bound to; see [Plans#hash]
/// @param policy the policy it was judged under
/// @param requestedBy `grace` or the person who asked for it
/// @param mode how far GRACE might go by itself with this service and playbook
/// @param candidates in the order of their rank
public record Proposal(
    IncidentId incident,
    Diagnosis diagnosis,
    Plan plan,
    Hash hash,
    Hash policy,
    BlastRadius blastRadius,
    String requestedBy,
    Mode mode,
    List<Candidate> candidates) {
  public Proposal {
    candidates = List.copyOf(candidates);
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

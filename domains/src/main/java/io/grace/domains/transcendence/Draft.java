package io.grace.domains.transcendence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A playbook that GRACE wrote and did not load. Only people make it part of a configuration.
/// *Immutable.*
///
/// @param id of the playbook as well
/// @param told what it was made of, in a sentence
/// @param from the places: passages as `source/path`, or incidents
/// @param playbook the text of its file
/// @param tests the text of the file of its tests
/// @param proof what is certain of it, a sentence each; empty if it was not proved
/// @param passed the names of its tests, which all passed
/// @param problems why it is not sound; empty if it is
/// @param policy under which it was proved
/// @param rejection what a person said against it
public record Draft(
    String id,
    String diagnosis,
    String service,
    String title,
    String told,
    List<String> from,
    String playbook,
    String tests,
    List<String> proof,
    List<String> passed,
    List<String> problems,
    String policy,
    Instant at,
    Optional<Rejection> rejection) {
  public Draft {
    from = List.copyOf(from);
    proof = List.copyOf(proof);
    passed = List.copyOf(passed);
    problems = List.copyOf(problems);
  }

  public record Rejection(String by, String reason, Instant at) {}

  /// What became of it.
  public enum State {
    /// For people to take or to leave.
    WAITING,
    /// It could not be proved, or failed its own tests; nobody is bothered with it.
    UNSOUND,
    REJECTED
  }

  public State state() {
    if (rejection.isPresent()) {
      return State.REJECTED;
    }
    return problems.isEmpty() ? State.WAITING : State.UNSOUND;
  }

  Draft rejected(Rejection by) {
    return new Draft(
        id,
        diagnosis,
        service,
        title,
        told,
        from,
        playbook,
        tests,
        proof,
        passed,
        problems,
        policy,
        at,
        Optional.of(by));
  }
}

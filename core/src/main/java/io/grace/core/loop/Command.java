package io.grace.core.loop;

import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.event.PolicyMotion.Ballot;
import io.grace.core.model.Argument;
import io.grace.core.model.Finding;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MotionId;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.RunId;
import java.time.Duration;
import java.util.Optional;

/// What a person asks GRACE to do. *Immutable.*
public sealed interface Command {
  /// Longer explanations belong into a ticket.
  int LONGEST_REASON = 1000;

  /// The authenticated person.
  String by();

  String reason();

  record Pause(String by, String reason) implements Command {}

  record Resume(String by, String reason) implements Command {}

  /// @param hash what the person saw and agrees to
  record Approve(RunId run, Hash hash, ApprovalScope scope, String by, String reason)
      implements Command {}

  record Reject(RunId run, String by, String reason) implements Command {}

  record Cancel(RunId run, String by, String reason) implements Command {}

  /// Answers an inconclusive verification.
  record Answer(RunId run, Finding finding, String by, String reason) implements Command {}

  /// Answers the question of a step.
  ///
  /// @param step its name, if more than one question is open
  record AnswerStep(RunId run, Optional<String> step, Argument answer, String by, String reason)
      implements Command {}

  record Acknowledge(IncidentId incident, String by, String reason) implements Command {}

  /// Writes something down for whoever reads about the incident later.
  ///
  /// @param reason the note itself
  record Note(IncidentId incident, String by, String reason) implements Command {}

  /// Makes an incident part of another.
  record Merge(IncidentId incident, IncidentId into, String by, String reason) implements Command {}

  /// Lets an incident stand for itself.
  record Split(IncidentId incident, String by, String reason) implements Command {}

  /// Says whether there was anything to what a trigger said.
  ///
  /// @param trigger by [io.grace.core.model.Trigger.Key], as text
  record Judge(String trigger, boolean isTrue, String by, String reason) implements Command {}

  /// Moves that GRACE may act under a policy.
  record Move(Hash policy, String by, String reason) implements Command {}

  /// Votes on a motion, once.
  record Vote(MotionId motion, Ballot ballot, String by, String reason) implements Command {}

  record Withdraw(MotionId motion, String by, String reason) implements Command {}

  /// Closes a motion that lacks its quorum and that nobody votes on.
  ///
  /// @param idle for how long nobody must have
  record Lapse(MotionId motion, Duration idle, String by, String reason) implements Command {}

  /// Asks what a playbook would do and what the gate would say; nothing is recorded.
  record Plan(IncidentId incident, PlaybookId playbook, String by) implements Command {
    @Override
    public String reason() {
      return "";
    }
  }

  /// Asks for a playbook by name; the gate judges it like any other.
  record Propose(IncidentId incident, PlaybookId playbook, String by, String reason)
      implements Command {}
}

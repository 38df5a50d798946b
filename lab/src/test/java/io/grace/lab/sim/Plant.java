package io.grace.lab.sim;

import java.util.Optional;

/// A bug on purpose, to see an invariant fail before it is trusted. Each deceives the loop or takes
/// its place at one point; the invariants judge by the truth.
enum Plant {
  NONE(Optional.empty()),
  /// The loop's clock stands still once the chaos is over.
  CLOCK_STOPS(Optional.of(Invariant.EVERY_RUN_ENDS)),
  /// Steps are performed as soon as their run is admitted.
  ACTS_BEFORE_INTENT(Optional.of(Invariant.NO_EFFECT_WITHOUT_INTENT)),
  /// A new life carries out what an earlier one meant to do.
  CARRIES_ON(Optional.of(Invariant.NO_EFFECT_TWICE)),
  /// The hands forget what is under way.
  FORGETS_UNDER_WAY(Optional.of(Invariant.NO_EFFECT_TWICE)),
  /// Half of a batch survives.
  TEARS_BATCHES(Optional.of(Invariant.REPLAY_EQUALS_STATE)),
  /// The loop believes that everything is autonomous.
  IGNORES_MODE(Optional.of(Invariant.OBSERVE_TOUCHES_NOTHING)),
  /// The loop knows no freezes.
  IGNORES_FREEZE(Optional.of(Invariant.FREEZE_HOLDS)),
  /// The loop does not hear of pauses.
  IGNORES_PAUSE(Optional.of(Invariant.KILL_SWITCH_HOLDS)),
  /// The loop has a larger budget than people gave it.
  IGNORES_BLAST_RADIUS(Optional.of(Invariant.BLAST_RADIUS_HOLDS)),
  /// The log names another target than the loop believes.
  IGNORES_TARGETS(Optional.of(Invariant.ONE_RUN_PER_SERVICE)),
  /// The log says that the steps of a plan come one after another.
  IGNORES_ORDER(Optional.of(Invariant.STEPS_WAIT_THEIR_TURN)),
  /// The log says that a loop does one service at a time.
  IGNORES_GROUPS(Optional.of(Invariant.GROUPS_KEEP_THEIR_LIMIT)),
  IGNORES_RATE(Optional.of(Invariant.PROPOSAL_RATE_HOLDS)),
  IGNORES_ATTEMPTS(Optional.of(Invariant.ATTEMPT_CAP_HOLDS)),
  /// Telemetry tells the loop that all is well.
  SEES_ROSES(Optional.of(Invariant.SUCCESS_IS_VERIFIED)),
  /// One approval is enough for anything.
  IGNORES_QUORUM(Optional.of(Invariant.APPROVAL_IS_BOUND)),
  /// Escalations get lost on their way into the log.
  KEEPS_QUIET(Optional.of(Invariant.UNSURE_IS_ESCALATED)),
  /// Intents get lost on their way into the log.
  LOSES_INTENTS(Optional.of(Invariant.UNDO_FOLLOWS_INTENT)),
  /// An undo does not wait for the step that it undoes.
  UNDO_RACES(Optional.of(Invariant.CLEAN_IS_CLEAN)),
  /// Failures get lost on their way into the log.
  FORGETS_RESULTS(Optional.of(Invariant.LEARNING_COUNTS_ACTS)),
  /// What people asked for gets lost on its way into the log.
  LOSES_COMMANDS(Optional.of(Invariant.ANSWERS_ARE_TRUE));

  private final Optional<Invariant> breaks;

  Plant(Optional<Invariant> breaks) {
    this.breaks = breaks;
  }

  Optional<Invariant> breaks() {
    return breaks;
  }
}

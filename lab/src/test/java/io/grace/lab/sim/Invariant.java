package io.grace.lab.sim;

/// What must hold after every cycle, whatever the world does.
enum Invariant {
  EVERY_RUN_ENDS("every state ends at its limit, and every run ends once the chaos stops"),
  NO_EFFECT_WITHOUT_INTENT("an effect starts only once this life's intent is durable"),
  NO_EFFECT_TWICE("a key is performed at most once, in one life and across lives"),
  REPLAY_EQUALS_STATE("the fold of the log is the state the loop has"),
  OBSERVE_TOUCHES_NOTHING("nothing is started for a service and playbook in observe mode"),
  FREEZE_HOLDS("no forward step starts in a freeze"),
  KILL_SWITCH_HOLDS("nothing is started while paused, not even an undo"),
  BLAST_RADIUS_HOLDS("the runs under way stay within the blast radius together"),
  ONE_RUN_PER_SERVICE("no two runs under way touch the same service"),
  PROPOSAL_RATE_HOLDS("no service gets more proposals an hour than allowed"),
  ATTEMPT_CAP_HOLDS("nothing is proposed for an ailment beyond its attempts"),
  SUCCESS_IS_VERIFIED("success means that something was done and fresh samples say it helped"),
  APPROVAL_IS_BOUND("what needs people starts only after enough of them agreed to exactly it"),
  UNSURE_IS_ESCALATED("whoever must look at an incident is called"),
  STEPS_WAIT_THEIR_TURN("a step starts only when all that it waits for is over"),
  GROUPS_KEEP_THEIR_LIMIT("no more services of a loop are under way than it allows"),
  UNDO_FOLLOWS_INTENT("only what was started is undone"),
  CLEAN_IS_CLEAN("a run that says it left nothing behind left nothing behind"),
  LEARNING_COUNTS_ACTS("beliefs count exactly the runs that acted"),
  ANSWERS_ARE_TRUE("people are told what is durable, and only that");

  private final String claim;

  Invariant(String claim) {
    this.claim = claim;
  }

  String claim() {
    return claim;
  }
}

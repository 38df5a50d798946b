package io.grace.core.govern;

import io.grace.core.model.Action;
import io.grace.core.model.RunId;
import java.time.Instant;

/// Permission to perform one action until [#expires]. Only [Gate] can make one, and only for a step
/// whose intent is already in the journal. *Immutable.*
public final class Warrant {
  /// The attempt of an undo, of which there is only one.
  static final int UNDO = -1;

  private final RunId run;
  private final int step;
  private final int attempt;
  private final Action action;
  private final Instant expires;

  Warrant(RunId run, int step, int attempt, Action action, Instant expires) {
    this.run = run;
    this.step = step;
    this.attempt = attempt;
    this.action = action;
    this.expires = expires;
  }

  public RunId run() {
    return run;
  }

  /// The step of the run, from 0.
  public int step() {
    return step;
  }

  /// Of that step, from 0.
  public int attempt() {
    return attempt;
  }

  /// Whether it takes the step back.
  public boolean isUndo() {
    return attempt == UNDO;
  }

  public Action action() {
    return action;
  }

  public Instant expires() {
    return expires;
  }

  /// Stable across restarts and different for each attempt, so a provider can drop a repeat.
  public String idempotencyKey() {
    return run + "/" + step + "/" + (isUndo() ? "undo" : attempt);
  }

  @Override
  public String toString() {
    return "Warrant[" + idempotencyKey() + ", " + action + ", until " + expires + "]";
  }
}

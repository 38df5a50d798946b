package io.grace.core.govern;

import io.grace.core.model.Action;
import io.grace.core.model.RunId;
import java.time.Instant;

/// Permission to perform one action until [#expires]. Only [Gate] can make one, and only for a step
/// whose intent is already in the journal. *Immutable.*
public final class Warrant {
  private final RunId run;
  private final String idempotencyKey;
  private final Action action;
  private final Instant expires;

  Warrant(RunId run, String idempotencyKey, Action action, Instant expires) {
    this.run = run;
    this.idempotencyKey = idempotencyKey;
    this.action = action;
    this.expires = expires;
  }

  public RunId run() {
    return run;
  }

  public Action action() {
    return action;
  }

  public Instant expires() {
    return expires;
  }

  /// Stable across restarts and different for each attempt, so a provider can drop a repeat.
  public String idempotencyKey() {
    return idempotencyKey;
  }

  @Override
  public String toString() {
    return "Warrant[" + idempotencyKey + ", " + action + ", until " + expires + "]";
  }
}

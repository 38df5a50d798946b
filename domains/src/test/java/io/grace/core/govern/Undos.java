package io.grace.core.govern;

import io.grace.core.model.Action;
import io.grace.core.model.RunId;
import java.time.Instant;

/// Makes warrants as the gate would, for a step and for what takes it back.
public final class Undos {
  private Undos() {}

  public static Warrant step(String run, Action action, Instant expires) {
    return new Warrant(new RunId(run), 0, 0, action, expires);
  }

  public static Warrant undo(String run, Action action, Instant expires) {
    return new Warrant(new RunId(run), 0, Warrant.UNDO, action, expires);
  }
}

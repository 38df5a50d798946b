package io.grace.runtime.loop;

import io.grace.core.event.Event.RunEvent;
import io.grace.core.loop.Command;
import io.grace.core.model.Signal;
import java.util.List;

/// What the other threads hand to the loop. *Immutable*, but for the reply.
public sealed interface Input {
  record Signals(List<Signal> signals) implements Input {
    public Signals {
      signals = List.copyOf(signals);
    }
  }

  /// What came of a step or an undo.
  record Result(RunEvent event) implements Input {}

  /// What a person asked for, and where the answer goes.
  record Asked(Command command, Reply reply) implements Input {}
}

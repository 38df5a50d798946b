package io.grace.runtime.loop;

import io.grace.core.event.Event.RunEvent;
import io.grace.core.loop.Command;
import io.grace.core.loop.MemoryCommand;
import io.grace.core.model.Report;
import io.grace.core.model.Signal;
import java.util.List;
import java.util.Optional;

/// What the other threads hand to the loop. *Immutable*, but for the reply.
public sealed interface Input {
  record Signals(List<Signal> signals) implements Input {
    public Signals {
      signals = List.copyOf(signals);
    }
  }

  /// What sources report. Answered once what is news of it is durable.
  record Reports(List<Report> reports, Optional<Reply<Reply.Receipt>> reply) implements Input {
    public Reports {
      reports = List.copyOf(reports);
    }
  }

  /// What came of a step or an undo.
  record Result(RunEvent event) implements Input {}

  /// What a person asked for, and where the answer goes.
  record Asked(Command command, Reply<Reply.Answer> reply) implements Input {}

  /// What the memory broker is about to do, and where the answer goes.
  record Memory(MemoryCommand command, Reply<Reply.Recorded> reply) implements Input {}
}

package io.grace.runtime.memory;

import io.grace.core.loop.MemoryCommand;
import io.grace.runtime.loop.Reply;
import java.time.Duration;
import java.util.Optional;

/// The way into the one log: the loop judges, records durably, and answers. *Thread-safe.*
public interface Ledger {
  /// @return empty if there was no answer in time: whether it is recorded is not known
  Optional<Reply.Recorded> ask(MemoryCommand command, Duration limit) throws InterruptedException;
}

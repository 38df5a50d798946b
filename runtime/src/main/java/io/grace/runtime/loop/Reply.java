package io.grace.runtime.loop;

import io.grace.core.loop.Commands;
import io.grace.core.loop.MemoryCommands;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The answer to one who waits for the loop, given once by the loop thread. *Thread-safe.*
public final class Reply<T> {
  private final BlockingQueue<T> slot = new ArrayBlockingQueue<>(1);

  /// What whoever gave a command gets to know.
  public sealed interface Answer {
    /// It is durable, or refused.
    record Decided(Commands.Outcome outcome) implements Answer {}

    /// It could not be recorded; nothing happened.
    record NotRecorded(String reason) implements Answer {}
  }

  /// What the memory broker gets to know.
  public sealed interface Recorded {
    /// It is durable, or there is nothing to record.
    record Decided(MemoryCommands.Outcome outcome) implements Recorded {}

    /// It could not be recorded; nothing may be handed out.
    record NotRecorded(String reason) implements Recorded {}
  }

  /// What a source that reported gets to know.
  public sealed interface Receipt {
    /// What was news of it is durable.
    ///
    /// @param refused for how many there was no room
    record Taken(long refused) implements Receipt {}

    /// It could not be recorded; it should be sent again.
    record NotRecorded(String reason) implements Receipt {}
  }

  void give(T answer) {
    if (!slot.offer(answer)) {
      throw new IllegalStateException("answered twice");
    }
  }

  /// The answer, or empty if the loop did not give one in time; whether the command is carried out
  /// is then not known.
  public Optional<T> await(Duration limit) throws InterruptedException {
    return Optional.ofNullable(slot.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
  }
}

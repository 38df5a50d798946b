package io.grace.runtime.loop;

import io.grace.core.loop.Commands;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The answer to one command, given once by the loop thread. *Thread-safe.*
public final class Reply {
  private final BlockingQueue<Answer> slot = new ArrayBlockingQueue<>(1);

  /// What a caller gets to know.
  public sealed interface Answer {
    /// It is durable, or refused.
    record Decided(Commands.Outcome outcome) implements Answer {}

    /// It could not be recorded; nothing happened.
    record NotRecorded(String reason) implements Answer {}
  }

  void give(Answer answer) {
    if (!slot.offer(answer)) {
      throw new IllegalStateException("answered twice");
    }
  }

  /// The answer, or empty if the loop did not give one in time; whether the command is carried out
  /// is then not known.
  public Optional<Answer> await(Duration limit) throws InterruptedException {
    return Optional.ofNullable(slot.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
  }
}

package io.grace.runtime.process;

import io.grace.core.model.Hash;
import io.grace.core.model.ServiceId;
import java.time.Instant;
import java.util.Optional;

/// One process of a service as recorded when it was started, whether it still lives or not.
/// *Immutable.*
///
/// @param number from 1
/// @param identity tells it from a later process with the same pid
/// @param commandHash of the declaration that it was started by
/// @param key the idempotency key of the action that started it
public record Instance(
    ServiceId service,
    int number,
    long pid,
    Instant started,
    String identity,
    Hash commandHash,
    String key) {
  public boolean isAlive() {
    return process().isPresent();
  }

  /// The living process; empty if it ended or if the pid belongs to another one by now.
  public Optional<ProcessHandle> process() {
    return ProcessIdentity.of(pid).filter(identity::equals).flatMap(_ -> ProcessHandle.of(pid));
  }

  @Override
  public String toString() {
    return service + "-" + number + " (pid " + pid + ")";
  }
}

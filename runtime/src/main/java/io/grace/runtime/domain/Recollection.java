package io.grace.runtime.domain;

import io.grace.core.memory.DomainId;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Purpose;
import io.grace.core.memory.Sensitivity;
import io.grace.core.model.Hash;
import io.grace.runtime.memory.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a domain remembers and may be told of others' memories. It speaks as itself and cannot
/// speak as another; the broker judges and the journal records like for everybody. Waits for the
/// loop, so it is not to be used on the loop's thread. *Thread-safe.*
public interface Recollection {
  /// Keeps something of its own.
  ///
  /// @param context what it is about, as short words
  /// @param trust how far it may be relied on, in [0, 1]
  /// @param kept for how long; empty for always
  Answer remember(
      MemoryType type,
      Sensitivity sensitivity,
      String content,
      Set<String> context,
      double trust,
      Optional<Duration> kept)
      throws InterruptedException;

  /// @param owners whose memories; others' count only if [#reachesOthers], and asking without it
  ///   costs trust
  /// @param limit at most [io.grace.core.memory.Recall#MOST]
  Answer recall(
      Purpose purpose,
      String query,
      Set<String> context,
      Set<DomainId> owners,
      Set<MemoryType> types,
      int limit)
      throws InterruptedException;

  /// Forgets memories of its own for good; the proof's hash is in the journal.
  ///
  /// @param memories 1 to [io.grace.core.memory.Forgetting#MOST]
  Answer forget(List<Hash> memories, String reason) throws InterruptedException;

  /// Whether it is trusted enough to be told what others share with it.
  boolean reachesOthers();
}

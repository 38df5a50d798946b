package io.grace.runtime.memory;

import io.grace.core.memory.Grant;
import io.grace.core.memory.Recall;
import io.grace.core.model.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// Searches done ahead, for requests that are likely to come next. *Thread-safe.*
///
/// Holds what was found and nothing of what is allowed: a request that comes is judged and recorded
/// like any other. A change in the memories or the grant makes an entry worthless.
final class Prefetch {
  /// Each holds one search's worth of hits, some ten kilobytes.
  private static final int MOST = 64;

  /// Words of requests are kept here alone, in memory, so that they can be asked again.
  private static final int MOST_KNOWN = 512;

  private static final Duration FRESH = Duration.ofMinutes(5);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Hash, Ahead> ahead = new Bounded<>(MOST);
  private final Map<Hash, Recall> known = new Bounded<>(MOST_KNOWN);
  private final AtomicLong fetched = new AtomicLong();
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong stale = new AtomicLong();

  private record Ahead(List<Hit> hits, Grant grant, long generation, Instant at) {}

  /// @param fetched searches done ahead
  /// @param used requests that were served by one
  /// @param stale searches done ahead that the memories, the grant or time made worthless
  /// @param waiting that are ready now
  public record Counts(long fetched, long used, long stale, int waiting) {}

  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;
    private final int most;

    Bounded(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }

  /// Remembers how to ask for this again.
  void seen(Recall recall) {
    lock.lock();
    try {
      known.put(recall.shape(), recall);
    } finally {
      lock.unlock();
    }
  }

  /// The request of this shape, unless it is ready or was forgotten.
  Optional<Recall> wanted(Hash shape) {
    lock.lock();
    try {
      return ahead.containsKey(shape) ? Optional.empty() : Optional.ofNullable(known.get(shape));
    } finally {
      lock.unlock();
    }
  }

  void put(Hash shape, List<Hit> hits, Grant grant, long generation, Instant at) {
    lock.lock();
    try {
      ahead.put(shape, new Ahead(hits, grant, generation, at));
      fetched.incrementAndGet();
    } finally {
      lock.unlock();
    }
  }

  /// What was found ahead for it, once.
  Optional<List<Hit>> take(Hash shape, Grant grant, long generation, Instant now) {
    lock.lock();
    try {
      var found = ahead.remove(shape);
      if (found == null) {
        return Optional.empty();
      }
      boolean isGood =
          found.grant().equals(grant)
              && found.generation() == generation
              && now.isBefore(found.at().plus(FRESH));
      (isGood ? used : stale).incrementAndGet();
      return isGood ? Optional.of(found.hits()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Forgets everything, words of requests included.
  void clear() {
    lock.lock();
    try {
      ahead.clear();
      known.clear();
    } finally {
      lock.unlock();
    }
  }

  /// How many of these are among what was found ahead.
  int holds(java.util.Set<Hash> ids) {
    lock.lock();
    try {
      return (int)
          ahead.values().stream()
              .flatMap(a -> a.hits().stream())
              .filter(h -> ids.contains(h.id()))
              .count();
    } finally {
      lock.unlock();
    }
  }

  Counts counts() {
    lock.lock();
    try {
      return new Counts(fetched.get(), used.get(), stale.get(), ahead.size());
    } finally {
      lock.unlock();
    }
  }
}

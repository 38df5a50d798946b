package io.grace.runtime.memory;

import io.grace.core.memory.Cell;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Grant;
import io.grace.core.memory.Memory;
import io.grace.core.model.Hash;
import io.grace.core.spi.MemoryStore.Kept;
import io.grace.core.spi.MemoryStore.Unavailable;
import io.grace.core.spi.MemoryStore.Use;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The store and the index that follows it, as one. *Thread-safe.*
///
/// The store is the truth; whatever the index lost in a crash it reads from there.
public final class MemoryBank implements AutoCloseable {
  private final EmbeddedStore store;
  private final MemoryIndex index;

  /// What is kept is indexed in the same order.
  private final ReentrantLock keeping = new ReentrantLock();

  private MemoryBank(EmbeddedStore store, MemoryIndex index) {
    this.store = store;
    this.index = index;
  }

  public static MemoryBank open(Path directory) throws Unavailable {
    var store = EmbeddedStore.open(directory);
    try {
      return new MemoryBank(store, MemoryIndex.open(directory.resolve("index"), store));
    } catch (IOException e) {
      store.close();
      throw unavailable("cannot open the index of memories", e);
    }
  }

  /// Keeps them, durable and to be found on return.
  public void keep(Collection<Memory> memories) throws Unavailable {
    keeping.lock();
    try {
      long upTo = store.putAll(memories);
      index.add(memories, upTo);
    } catch (IOException e) {
      throw unavailable("kept, and not to be found before the next start", e);
    } finally {
      keeping.unlock();
    }
  }

  /// What fits best of what is granted and not expired; the newest if no words are given.
  List<Hit> search(Words words, Grant grant, int most) throws Unavailable {
    try {
      return words.query().isBlank()
          ? newest(words, grant, most)
          : index.search(words, grant, most);
    } catch (IOException e) {
      throw unavailable("cannot search memories", e);
    }
  }

  private List<Hit> newest(Words words, Grant grant, int most) throws Unavailable {
    var ids =
        store.newest(
            grant.cells().keySet(),
            words.from().orElse(Instant.EPOCH),
            words.until().orElse(Row.instant(Long.MAX_VALUE)),
            most);
    var hits = new ArrayList<Hit>();
    for (Kept kept : store.get(ids).values()) {
      if (!kept.memory().isExpired(words.now())) {
        hits.add(Hit.of(kept.memory()));
      }
    }
    return hits;
  }

  Map<Hash, Kept> get(Collection<Hash> ids) throws Unavailable {
    return store.get(ids);
  }

  Map<Hash, Use> uses(Collection<Hash> ids) {
    return store.uses(ids);
  }

  void touch(Collection<Hash> ids, Instant at) throws Unavailable {
    store.touch(ids, at);
  }

  List<Hash> expired(Instant now, int most) throws Unavailable {
    return store.expired(now, most);
  }

  /// Removes them from store and index for good.
  ///
  /// @return those that were there
  List<Hash> forget(DomainId owner, Collection<Hash> ids) throws Unavailable {
    keeping.lock();
    try {
      var removed = store.delete(ids);
      index.forget(owner, ids);
      return removed;
    } catch (IOException e) {
      throw unavailable("cannot remove memories from the index", e);
    } finally {
      keeping.unlock();
    }
  }

  /// Looks through everything for what should not be there any more: row by row in the store, and
  /// in the index by id.
  Remains remains(DomainId owner, Collection<Hash> ids) throws Unavailable {
    var wanted = new HashSet<>(ids);
    var stored = new HashSet<Hash>();
    for (int i = 0; i < Cell.COUNT; i++) {
      if (Cell.of(i).owner() == owner) {
        store.ids(
            Cell.of(i),
            id -> {
              if (wanted.contains(id)) {
                stored.add(id);
              }
            });
      }
    }
    try {
      return new Remains(stored, index.known(owner, ids), store.uses(ids).keySet());
    } catch (IOException e) {
      throw unavailable("cannot search memories", e);
    }
  }

  record Remains(Set<Hash> stored, Set<Hash> indexed, Set<Hash> used) {
    boolean isNone() {
      return stored.isEmpty() && indexed.isEmpty() && used.isEmpty();
    }
  }

  long generation(EnumSet<DomainId> domains) {
    return index.generation(domains);
  }

  /// Makes searches as cheap as they get; after a great load.
  public void merge() throws Unavailable {
    try {
      index.merge();
    } catch (IOException e) {
      throw unavailable("cannot merge the index", e);
    }
  }

  /// Learns what memories are about if that was not done yet and there are enough.
  public void learn() throws Unavailable {
    try {
      if (!index.isLearned()) {
        index.learn();
      }
    } catch (IOException e) {
      throw unavailable("cannot learn what memories are about", e);
    }
  }

  public MemoryIndex index() {
    return index;
  }

  public long size() throws Unavailable {
    return store.size();
  }

  @Override
  public void close() throws Unavailable {
    try {
      index.close();
    } catch (IOException e) {
      throw unavailable("the index is not closed in order; it is brought up to date next time", e);
    } finally {
      store.close();
    }
  }

  private static Unavailable unavailable(String what, IOException e) {
    return new Unavailable(what + ": " + e.getMessage(), e);
  }
}

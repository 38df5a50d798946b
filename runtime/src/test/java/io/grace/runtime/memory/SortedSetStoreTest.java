package io.grace.runtime.memory;

import io.grace.core.memory.Cell;
import io.grace.core.memory.Memory;
import io.grace.core.model.Hash;
import io.grace.core.spi.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The port is served by hashes and sorted sets alone, as Redis has them: HSET, HGET, HDEL, ZADD,
/// ZREM, ZRANGEBYSCORE, ZREVRANGEBYSCORE. The contract holds for that too.
class SortedSetStoreTest extends MemoryStoreContract {
  @Override
  MemoryStore open() {
    return new SortedSets();
  }

  /// A member with a score; Redis orders by score, then by member.
  private record Scored(long score, Hash member) implements Comparable<Scored> {
    @Override
    public int compareTo(Scored other) {
      return score != other.score
          ? Long.compare(score, other.score)
          : member.compareTo(other.member);
    }
  }

  private static final class SortedSets implements MemoryStore {
    private static final Hash LOWEST = new Hash("0".repeat(64));

    private final Map<Hash, Memory> memories = new HashMap<>();
    private final Map<Hash, Use> uses = new HashMap<>();
    private final Map<Cell, NavigableSet<Scored>> cells = new HashMap<>();
    private final NavigableSet<Scored> expiring = new TreeSet<>();

    private NavigableSet<Scored> cell(Cell cell) {
      return cells.computeIfAbsent(cell, _ -> new TreeSet<>());
    }

    @Override
    public void put(Collection<Memory> all) {
      for (Memory memory : all) {
        var before = memories.put(memory.id(), memory);
        if (before != null) {
          unlist(before);
        }
        cell(memory.cell()).add(new Scored(Row.micros(memory.at()), memory.id()));
        memory.expires().ifPresent(e -> expiring.add(new Scored(Row.micros(e), memory.id())));
      }
    }

    private void unlist(Memory memory) {
      cell(memory.cell()).remove(new Scored(Row.micros(memory.at()), memory.id()));
      memory.expires().ifPresent(e -> expiring.remove(new Scored(Row.micros(e), memory.id())));
    }

    @Override
    public Map<Hash, Kept> get(Collection<Hash> ids) {
      var found = new HashMap<Hash, Kept>();
      for (Hash id : ids) {
        var memory = memories.get(id);
        if (memory != null) {
          found.put(id, kept(memory));
        }
      }
      return found;
    }

    private Kept kept(Memory memory) {
      return new Kept(memory, uses.getOrDefault(memory.id(), new Use(0, memory.at())));
    }

    @Override
    public List<Hash> newest(Collection<Cell> of, Instant from, Instant until, int most) {
      var all = new TreeSet<Scored>();
      for (Cell cell : of) {
        cell(cell)
            .subSet(
                new Scored(Row.micros(from), LOWEST),
                true,
                new Scored(Row.micros(until), LOWEST),
                false)
            .descendingSet()
            .stream()
            .limit(most)
            .forEach(all::add);
      }
      return all.descendingSet().stream().limit(most).map(Scored::member).toList();
    }

    @Override
    public List<Hash> expired(Instant now, int most) {
      return expiring.headSet(new Scored(Row.micros(now) + 1, LOWEST)).stream()
          .limit(most)
          .map(Scored::member)
          .toList();
    }

    @Override
    public Map<Hash, Use> uses(Collection<Hash> ids) {
      var known = new HashMap<Hash, Use>();
      for (Hash id : ids) {
        var use = uses.get(id);
        if (use != null) {
          known.put(id, use);
        }
      }
      return known;
    }

    @Override
    public void touch(Collection<Hash> ids, Instant at) {
      ids.forEach(id -> uses.merge(id, new Use(1, at), (a, b) -> new Use(a.count() + 1, b.last())));
    }

    @Override
    public List<Hash> delete(Collection<Hash> ids) {
      var removed = new ArrayList<Hash>();
      for (Hash id : ids) {
        var memory = memories.remove(id);
        uses.remove(id);
        if (memory != null) {
          unlist(memory);
          removed.add(id);
        }
      }
      return removed;
    }

    @Override
    public void scan(Cell cell, Consumer<Kept> each) {
      for (Scored scored : cell(cell)) {
        var memory = memories.get(scored.member());
        if (memory != null) {
          each.accept(kept(memory));
        }
      }
    }

    @Override
    public long size() {
      return memories.size();
    }

    @Override
    public void close() {}
  }
}

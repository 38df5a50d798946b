package io.grace.runtime.memory;

import io.grace.core.model.Hash;
import io.grace.core.spi.MemoryStore.Use;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// How often memories were handed out, and when last, by id. *Thread-safe.*
///
/// One array of numbers: objects that lie all over the heap and change with each recall make every
/// collection of garbage look through them. Open addressing with linear probing; what is removed is
/// closed up (Knuth, *The Art of Computer Programming* 3, 6.4, algorithm R).
final class Uses {
  private static final int FIRST_SLOTS = 1_024;

  /// Four parts of the id, the count (0 for an empty slot), the microseconds of the last.
  private static final int WIDTH = 6;

  private static final int COUNT = 4;
  private static final int LAST = 5;
  private static final int PART = 16;

  /// So much of it is in use before it grows.
  private static final double FULL = 0.7;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private long[] table = new long[FIRST_SLOTS * WIDTH];
  private int size;

  Optional<Use> get(Hash id) {
    lock.lock();
    try {
      int at = find(id) * WIDTH;
      return table[at + COUNT] == 0
          ? Optional.empty()
          : Optional.of(new Use(table[at + COUNT], Row.instant(table[at + LAST])));
    } finally {
      lock.unlock();
    }
  }

  /// @param use of a count from 1
  void put(Hash id, Use use) {
    lock.lock();
    try {
      set(find(id), id, use.count(), Row.micros(use.last()));
    } finally {
      lock.unlock();
    }
  }

  /// Once more.
  ///
  /// @return how it is then
  Use touch(Hash id, Instant now) {
    lock.lock();
    try {
      int slot = find(id);
      long count = table[slot * WIDTH + COUNT] + 1;
      long last = Math.max(table[slot * WIDTH + LAST], Row.micros(now));
      set(slot, id, count, last);
      return new Use(count, Row.instant(last));
    } finally {
      lock.unlock();
    }
  }

  void remove(Hash id) {
    lock.lock();
    try {
      int slot = find(id);
      if (table[slot * WIDTH + COUNT] != 0) {
        size--;
        close(slot);
      }
    } finally {
      lock.unlock();
    }
  }

  private int slots() {
    return table.length / WIDTH;
  }

  private static long part(Hash id, int number) {
    return HexFormat.fromHexDigitsToLong(id.value(), number * PART, (number + 1) * PART);
  }

  /// Ids are as good as chance, so their last bits spread them.
  private static int home(long part, int slots) {
    return (int) (part & (slots - 1));
  }

  /// Its slot, or the empty one that it would take.
  private int find(Hash id) {
    long first = part(id, 0);
    int slot = home(first, slots());
    while (table[slot * WIDTH + COUNT] != 0 && !isAt(slot, id, first)) {
      slot = (slot + 1) & (slots() - 1);
    }
    return slot;
  }

  private boolean isAt(int slot, Hash id, long first) {
    int at = slot * WIDTH;
    return table[at] == first
        && table[at + 1] == part(id, 1)
        && table[at + 2] == part(id, 2)
        && table[at + 3] == part(id, 3);
  }

  private void set(int slot, Hash id, long count, long last) {
    int at = slot * WIDTH;
    boolean isNew = table[at + COUNT] == 0;
    for (int i = 0; i < COUNT; i++) {
      table[at + i] = part(id, i);
    }
    table[at + COUNT] = count;
    table[at + LAST] = last;
    if (isNew && ++size > slots() * FULL) {
      grow();
    }
  }

  private void grow() {
    long[] old = table;
    table = new long[Math.multiplyExact(old.length, 2)];
    for (int from = 0; from < old.length; from += WIDTH) {
      if (old[from + COUNT] != 0) {
        int slot = home(old[from], slots());
        while (table[slot * WIDTH + COUNT] != 0) {
          slot = (slot + 1) & (slots() - 1);
        }
        System.arraycopy(old, from, table, slot * WIDTH, WIDTH);
      }
    }
  }

  /// Empties a slot, and moves into it whatever could otherwise not be found any more.
  private void close(int slot) {
    int gap = slot;
    int next = slot;
    while (true) {
      next = (next + 1) & (slots() - 1);
      if (table[next * WIDTH + COUNT] == 0) {
        break;
      }
      int home = home(table[next * WIDTH], slots());
      boolean staysFound = gap <= next ? gap < home && home <= next : gap < home || home <= next;
      if (!staysFound) {
        System.arraycopy(table, next * WIDTH, table, gap * WIDTH, WIDTH);
        gap = next;
      }
    }
    for (int i = 0; i < WIDTH; i++) {
      table[gap * WIDTH + i] = 0;
    }
  }
}

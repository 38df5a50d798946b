package io.grace.domains.series;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import io.grace.runtime.foresight.Recent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps what was measured on an even grid, in bounded memory. The newest cell of the grid may
/// still change and is not shown; a short gap keeps the value before it, a longer one begins anew.
/// *Thread-safe.*
public final class Recorder implements SeriesSource {
  private static final int KIND = 0x53455253;
  private static final int VERSION = 1;

  /// Times the length of 8 bytes each: 64 MB at the longest.
  public static final int SERIES_MAX = 1_000;

  public static final int LENGTH_MAX = 8_192;

  /// What was before a longer gap says little of now.
  private static final int LONGEST_GAP = 8;

  private static final class Ring {
    private final double[] values;
    private long newest;
    private int size;

    Ring(int length) {
      values = new double[length];
    }

    void add(long cell, double value) {
      if (size > 0 && cell < newest) {
        return;
      }
      if (size == 0 || cell - newest > LONGEST_GAP) {
        size = 0;
        newest = cell - 1;
      }
      double last = size == 0 ? value : values[index(newest)];
      for (long at = newest + 1; at < cell; at++) {
        put(at, last);
      }
      if (cell == newest) {
        values[index(cell)] = value;
      } else {
        put(cell, value);
      }
    }

    private void put(long cell, double value) {
      values[index(cell)] = value;
      newest = cell;
      size = Math.min(values.length, size + 1);
    }

    private int index(long cell) {
      return (int) Math.floorMod(cell, (long) values.length);
    }

    /// Of the cells that are complete.
    double[] last(int count) {
      int taken = Math.min(count, size - 1);
      var last = new double[taken];
      for (int i = 0; i < taken; i++) {
        last[i] = values[index(newest - taken + i)];
      }
      return last;
    }
  }

  private final int step;
  private final int length;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private final Map<SeriesId, Ring> rings = new HashMap<>();

  /// @param step seconds between two cells, at least 1
  /// @param length how many cells are kept
  public Recorder(int step, int length) {
    if (step < 1 || length < 2 || length > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "wanted a step from 1 and 2 to %d cells: %d, %d".formatted(LENGTH_MAX, step, length));
    }
    this.step = step;
    this.length = length;
  }

  public int step() {
    return step;
  }

  /// Takes one value in; one that is older than its series is passed over.
  ///
  /// @return false if it is of a new series and there is no room for one
  public boolean add(SeriesId id, long second, double value) {
    lock.lock();
    try {
      Ring ring = ring(id);
      if (ring == null) {
        return false;
      }
      ring.add(Math.floorDiv(second, step), value);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes in the newest values of many series; what is known of them already does no harm.
  public void take(Iterable<Recent> all) {
    for (Recent recent : all) {
      var id = new SeriesId(recent.service(), recent.metric());
      for (int i = 0; i < recent.seconds().length; i++) {
        add(id, (long) recent.seconds()[i], recent.values()[i]);
      }
    }
  }

  private @Nullable Ring ring(SeriesId id) {
    Ring known = rings.get(id);
    if (known == null && rings.size() < SERIES_MAX) {
      known = new Ring(length + 1);
      rings.put(id, known);
    }
    return known;
  }

  @Override
  public Set<SeriesId> known() {
    lock.lock();
    try {
      return Set.copyOf(rings.keySet());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Recorded> newest(SeriesId id, int count) {
    lock.lock();
    try {
      Ring ring = rings.get(id);
      return ring == null || ring.size < 2 || count < 1
          ? Optional.empty()
          : Optional.of(new Recorded(id, (ring.newest - 1) * step, step, ring.last(count)));
    } finally {
      lock.unlock();
    }
  }

  /// All of it, to be kept and given to [#restore(byte[])].
  public byte[] toBytes() {
    lock.lock();
    try {
      var out = new Packing(KIND, VERSION);
      out.integer(step);
      out.integer(rings.size());
      rings.forEach((id, ring) -> {
        out.text(id.toString());
        out.wide(ring.newest - 1);
        out.doubles(ring.last(length));
      });
      return out.sealed();
    } finally {
      lock.unlock();
    }
  }

  /// Takes in what another life recorded; of another step it is worth nothing.
  ///
  /// @throws IllegalArgumentException if the bytes are damaged
  public void restore(byte[] bytes) {
    var in = new Unpacking(bytes, KIND, VERSION);
    boolean isSame = in.integer() == step;
    int count = in.integer();
    for (int i = 0; i < count; i++) {
      var id = SeriesId.parse(in.text());
      long newest = in.wide();
      double[] values = in.doubles();
      for (int at = 0; isSame && at < values.length; at++) {
        add(id, (newest - (values.length - 1 - at)) * step, values[at]);
      }
    }
    in.end();
  }
}

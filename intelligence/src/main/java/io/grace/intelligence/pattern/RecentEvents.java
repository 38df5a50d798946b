package io.grace.intelligence.pattern;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;

/// The newest events, oldest first, as slots of kinds and places. *Owned by its miner.*
final class RecentEvents {
  /// A few weeks of a few hundred events a day; what is explained by what is judged on these.
  static final int MOST = 16_384;

  /// Of a kind or place that was given up.
  private static final int GONE = -1;

  private final double[] seconds = new double[MOST];
  private final int[] kinds = new int[MOST];
  private final int[] places = new int[MOST];
  private long added;

  void add(double second, int kind, int place) {
    int at = (int) (added++ % MOST);
    seconds[at] = second;
    kinds[at] = kind;
    places[at] = place;
  }

  int size() {
    return (int) Math.min(added, MOST);
  }

  double second(int i) {
    return seconds[at(i)];
  }

  int kind(int i) {
    return kinds[at(i)];
  }

  int place(int i) {
    return places[at(i)];
  }

  private int at(int i) {
    return (int) ((Math.max(0, added - MOST) + i) % MOST);
  }

  void forgetKind(int kind) {
    forget(kinds, kind);
  }

  void forgetPlace(int place) {
    forget(places, place);
  }

  private static void forget(int[] column, int slot) {
    for (int i = 0; i < column.length; i++) {
      column[i] = column[i] == slot ? GONE : column[i];
    }
  }

  void write(Packing to) {
    to.integer(size());
    for (int i = 0; i < size(); i++) {
      to.number(second(i));
      to.integer(kind(i));
      to.integer(place(i));
    }
  }

  static RecentEvents read(Unpacking from, int mostKinds, int mostPlaces) {
    var events = new RecentEvents();
    int size = from.integer();
    if (size < 0 || size > MOST) {
      throw new IllegalArgumentException("events must be in [0, %d]: %d".formatted(MOST, size));
    }
    for (int i = 0; i < size; i++) {
      double second = from.number();
      int kind = from.integer();
      int place = from.integer();
      boolean isInOrder = i == 0 || second >= events.second(i - 1);
      if (!Double.isFinite(second)
          || !isInOrder
          || kind < GONE
          || kind >= mostKinds
          || place < GONE
          || place >= mostPlaces) {
        throw new IllegalArgumentException(
            "event %d is damaged: second %s, kind %d, place %d".formatted(i, second, kind, place));
      }
      events.add(second, kind, place);
    }
    return events;
  }
}

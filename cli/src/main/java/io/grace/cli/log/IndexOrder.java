package io.grace.cli.log;

import java.util.Map;
import java.util.TreeMap;

/// Whether indexes come as 1, 2, 3 …; tells a gap from an entry that comes too late or twice.
final class IndexOrder {
  /// More separate gaps than this are told as gaps even if their entries come later.
  private static final int MAX_RANGES = 10_000;

  /// How an index relates to those before it.
  enum Place {
    NEXT,
    AFTER_GAP,
    LATE,
    AGAIN
  }

  private final TreeMap<Long, Long> missing = new TreeMap<>();
  private final Findings findings;
  private long last;

  IndexOrder(Findings findings) {
    this.findings = findings;
  }

  /// @param index 1 or more
  Place place(long index) {
    if (index == last + 1) {
      last = index;
      return Place.NEXT;
    }
    if (index > last) {
      miss(last + 1, index - 1);
      last = index;
      return Place.AFTER_GAP;
    }
    return fill(index) ? Place.LATE : Place.AGAIN;
  }

  private void miss(long from, long to) {
    if (missing.size() < MAX_RANGES) {
      missing.put(from, to);
    } else {
      report(from, to);
    }
  }

  private boolean fill(long index) {
    Map.Entry<Long, Long> range = missing.floorEntry(index);
    if (range == null || range.getValue() < index) {
      return false;
    }
    missing.remove(range.getKey());
    if (range.getKey() < index) {
      missing.put(range.getKey(), index - 1);
    }
    if (index < range.getValue()) {
      missing.put(index + 1, range.getValue());
    }
    return true;
  }

  /// The highest index so far.
  long last() {
    return last;
  }

  /// At the end: what never came.
  void finish() {
    missing.forEach(this::report);
  }

  private void report(long from, long to) {
    findings.add(
        Finding.Kind.GAP,
        from,
        from == to
            ? "entry " + from + " is missing"
            : "entries " + from + " to " + to + " are missing");
  }
}

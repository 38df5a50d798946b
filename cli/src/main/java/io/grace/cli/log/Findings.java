package io.grace.cli.log;

import java.util.ArrayList;
import java.util.List;

/// Collects findings, but not without end: a journal of millions may be wrong everywhere.
final class Findings {
  private static final int KEPT = 1_000;

  private final List<Finding> kept = new ArrayList<>();
  private long further;

  void add(Finding.Kind kind, long index, String message) {
    if (kept.size() < KEPT) {
      kept.add(new Finding(kind, index, message));
    } else {
      further++;
    }
  }

  List<Finding> kept() {
    return kept;
  }

  long further() {
    return further;
  }
}

package io.grace.intelligence.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers names from 0, so many at most. *Owned by its miner.*
final class Slots<N> {
  private final int most;
  private final List<N> names = new ArrayList<>();
  private final Map<N, Integer> slots = new HashMap<>();

  Slots(int most) {
    this.most = most;
  }

  int size() {
    return names.size();
  }

  N name(int slot) {
    return names.get(slot);
  }

  List<N> names() {
    return List.copyOf(names);
  }

  /// −1 if it has none.
  int find(N name) {
    return slots.getOrDefault(name, -1);
  }

  int add(N name) {
    if (names.size() == most || slots.containsKey(name)) {
      throw new IllegalArgumentException(
          "wanted a new name, and at most %d: %s".formatted(most, name));
    }
    slots.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  void replace(int slot, N name) {
    slots.remove(names.get(slot));
    names.set(slot, name);
    slots.put(name, slot);
  }
}

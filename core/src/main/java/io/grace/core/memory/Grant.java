package io.grace.core.memory;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What somebody may read, cell by cell; what is not in it is denied. *Immutable.*
///
/// @param cells never with [Access#DENIED]
public record Grant(SortedMap<Cell, Access> cells) {
  public static final Grant NOTHING = new Grant(new TreeMap<>());

  public Grant {
    cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
    if (cells.containsValue(Access.DENIED)) {
      throw new IllegalArgumentException("a grant lists what is allowed only");
    }
  }

  public Access access(Cell cell) {
    return cells.getOrDefault(cell, Access.DENIED);
  }

  public boolean isEmpty() {
    return cells.isEmpty();
  }
}

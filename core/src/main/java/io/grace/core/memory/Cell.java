package io.grace.core.memory;

import java.util.ArrayList;
import java.util.List;

/// All memories of one domain that are of one type and equally sensitive: what access is judged
/// for. *Immutable.*
public record Cell(DomainId owner, MemoryType type, Sensitivity sensitivity)
    implements Comparable<Cell> {
  private static final int TYPES = MemoryType.values().length;
  private static final int SENSITIVITIES = Sensitivity.values().length;

  /// How many there are.
  public static final int COUNT = DomainId.values().length * TYPES * SENSITIVITIES;

  private static final List<Cell> ALL = all();

  /// Its number in [0, [#COUNT]); those of one domain are neighbours.
  public int index() {
    return (owner.ordinal() * TYPES + type.ordinal()) * SENSITIVITIES + sensitivity.ordinal();
  }

  public static Cell of(int index) {
    return ALL.get(index);
  }

  private static List<Cell> all() {
    var cells = new ArrayList<Cell>(COUNT);
    for (DomainId owner : DomainId.values()) {
      for (MemoryType type : MemoryType.values()) {
        for (Sensitivity sensitivity : Sensitivity.values()) {
          cells.add(new Cell(owner, type, sensitivity));
        }
      }
    }
    return List.copyOf(cells);
  }

  @Override
  public int compareTo(Cell other) {
    return Integer.compare(index(), other.index());
  }

  @Override
  public String toString() {
    return owner + "/" + type + "/" + sensitivity;
  }
}

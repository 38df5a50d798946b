package io.grace.runtime.memory;

import io.grace.core.memory.Cell;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Sensitivity;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Memories for tests.
final class Made {
  static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  static final Cell CORE = cell(DomainId.CORE, MemoryType.EPISODIC);

  private Made() {}

  static Cell cell(DomainId owner, MemoryType type) {
    return new Cell(owner, type, Sensitivity.ORDINARY);
  }

  static Memory memory(String content) {
    return memory(CORE, content, 0);
  }

  static Memory memory(Cell cell, String content, long minutesAgo) {
    return Memory.of(
        cell, content, Set.of("orders"), 0.9, NOON.minusSeconds(60 * minutesAgo), Optional.empty());
  }
}

package io.grace.core.memory;

import static io.grace.core.memory.DomainId.COGNITION;
import static io.grace.core.memory.DomainId.CORE;
import static io.grace.core.memory.DomainId.FEDERATION;
import static io.grace.core.memory.DomainId.KNOWLEDGE;
import static io.grace.core.memory.DomainId.ML;
import static io.grace.core.memory.DomainId.PARLIAMENT;
import static io.grace.core.memory.DomainId.SECURITY;
import static io.grace.core.memory.DomainId.SELF_HEAL;
import static io.grace.core.memory.DomainId.TEMPORAL;
import static io.grace.core.memory.DomainId.TRANSCENDENCE;
import static io.grace.core.memory.MemoryType.EPISODIC;
import static io.grace.core.memory.MemoryType.PROCEDURAL;
import static io.grace.core.memory.MemoryType.SEMANTIC;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Which types of memories a domain shares with which others. What is not listed is not shared.
/// *Immutable.*
public final class Sharing {
  public static final Sharing NONE = new Sharing(Map.of());

  /// Whatever helps to heal is shared with those who heal; only knowledge is for everyone;
  /// `federation`, which is heard from outside, is told least.
  public static final Sharing STANDARD = standard();

  private final Map<DomainId, Map<MemoryType, Set<DomainId>>> readers;

  private Sharing(Map<DomainId, Map<MemoryType, Set<DomainId>>> readers) {
    this.readers = readers;
  }

  /// The same, and memories of this type of this owner for these readers.
  public Sharing with(DomainId owner, MemoryType type, Set<DomainId> more) {
    if (type == MemoryType.WORKING) {
      throw new IllegalArgumentException("working memory never leaves its domain: " + owner);
    }
    var next = new EnumMap<DomainId, Map<MemoryType, Set<DomainId>>>(DomainId.class);
    readers.forEach((o, types) -> next.put(o, new EnumMap<>(types)));
    next.computeIfAbsent(owner, _ -> new EnumMap<>(MemoryType.class))
        .merge(
            type,
            more,
            (a, b) -> {
              var all = EnumSet.copyOf(a);
              all.addAll(b);
              return all;
            });
    return new Sharing(next);
  }

  public boolean isShared(DomainId owner, MemoryType type, DomainId reader) {
    return readers.getOrDefault(owner, Map.of()).getOrDefault(type, Set.of()).contains(reader);
  }

  private static Sharing standard() {
    var everyone = EnumSet.allOf(DomainId.class);
    var inside = EnumSet.complementOf(EnumSet.of(FEDERATION));
    return NONE.with(CORE, EPISODIC, Set.of(SELF_HEAL, COGNITION, PARLIAMENT, TEMPORAL))
        .with(CORE, SEMANTIC, inside)
        .with(CORE, PROCEDURAL, Set.of(SELF_HEAL, PARLIAMENT))
        .with(
            SELF_HEAL,
            EPISODIC,
            Set.of(CORE, KNOWLEDGE, ML, TEMPORAL, PARLIAMENT, COGNITION, SECURITY))
        .with(SELF_HEAL, SEMANTIC, inside)
        .with(SELF_HEAL, PROCEDURAL, Set.of(CORE, KNOWLEDGE, PARLIAMENT))
        .with(KNOWLEDGE, EPISODIC, Set.of(CORE, COGNITION))
        .with(KNOWLEDGE, SEMANTIC, everyone)
        .with(KNOWLEDGE, PROCEDURAL, everyone)
        .with(SECURITY, EPISODIC, Set.of(CORE))
        .with(SECURITY, SEMANTIC, Set.of(CORE, SELF_HEAL, PARLIAMENT))
        .with(SECURITY, PROCEDURAL, Set.of(CORE, SELF_HEAL))
        .with(ML, EPISODIC, Set.of(COGNITION))
        .with(ML, SEMANTIC, Set.of(CORE, SELF_HEAL, KNOWLEDGE, TEMPORAL, COGNITION))
        .with(TEMPORAL, EPISODIC, Set.of(CORE, SELF_HEAL, ML, COGNITION))
        .with(TEMPORAL, SEMANTIC, Set.of(CORE, SELF_HEAL, ML, COGNITION))
        .with(PARLIAMENT, EPISODIC, Set.of(CORE, COGNITION))
        .with(PARLIAMENT, SEMANTIC, inside)
        .with(FEDERATION, SEMANTIC, Set.of(CORE, KNOWLEDGE, ML, SECURITY))
        .with(COGNITION, EPISODIC, Set.of(TRANSCENDENCE))
        .with(COGNITION, SEMANTIC, Set.of(CORE, KNOWLEDGE, TRANSCENDENCE))
        .with(COGNITION, PROCEDURAL, Set.of(TRANSCENDENCE))
        .with(TRANSCENDENCE, SEMANTIC, Set.of(CORE, COGNITION, PARLIAMENT))
        .with(TRANSCENDENCE, PROCEDURAL, Set.of(PARLIAMENT));
  }
}

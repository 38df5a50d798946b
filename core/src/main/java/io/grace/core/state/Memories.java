package io.grace.core.state;

import io.grace.core.memory.DomainId;
import io.grace.core.memory.Forgetting;
import io.grace.core.memory.Standing;
import io.grace.core.model.Hash;
import java.time.Instant;
import java.util.Map;

/// What the journal says of memories: who used them how, and what is being forgotten. What they say
/// is elsewhere. *Immutable.*
///
/// @param forgetting what is to be gone and may not be yet, by its request
public record Memories(
    Map<DomainId, MemoryUse> uses,
    Map<Hash, Forgetting> forgetting,
    long remembered,
    long forgotten) {
  /// More at once are refused.
  public static final int MOST_FORGETTING = 64;

  public static final Memories NONE = new Memories(Map.of(), Map.of(), 0, 0);

  public MemoryUse use(DomainId domain) {
    return uses.getOrDefault(domain, MemoryUse.NONE);
  }

  public Standing standing(DomainId domain, Instant now) {
    return use(domain).standing(now);
  }
}

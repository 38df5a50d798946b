package io.grace.core.memory;

import io.grace.core.model.Hash;
import java.time.Instant;
import java.util.List;

/// Memories that are to be forgotten and may not be gone yet. *Immutable.*
///
/// @param request names it
public record Forgetting(
    Hash request, DomainId domain, String by, List<Hash> memories, String reason, Instant since) {
  /// At once; whoever wants more forgotten asks again.
  public static final int MOST = 500;

  public Forgetting {
    memories = checked(memories);
  }

  /// @throws IllegalArgumentException unless there are 1 to [#MOST]
  public static List<Hash> checked(List<Hash> memories) {
    if (memories.isEmpty() || memories.size() > MOST) {
      throw new IllegalArgumentException(
          "forget 1–" + MOST + " memories at once: " + memories.size());
    }
    return List.copyOf(memories);
  }

  public static Hash request(DomainId domain, List<Hash> memories, Instant at) {
    return Hash.sha256("grace-forget-v1\n" + domain + "\n" + memories + "\n" + at);
  }
}

package io.grace.core.event;

import io.grace.core.memory.Cell;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Purpose;
import io.grace.core.model.Hash;
import io.grace.core.model.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What happens to memories and to whoever asks for them. Never what a memory says, nor the words
/// of a query: the journal keeps their hashes, since it cannot forget. *Immutable.*
public sealed interface MemoryEvent extends Event {
  /// Whose credential it was.
  DomainId domain();

  /// Its name there.
  String by();

  @Override
  default String actor() {
    return by();
  }

  @Override
  default String subject() {
    return "memory." + domain();
  }

  /// Recorded before the memory is stored.
  ///
  /// @param content the hash of what it says
  record MemoryRemembered(
      DomainId domain,
      String by,
      Hash memory,
      Cell cell,
      Hash content,
      Optional<Instant> expires,
      Instant at)
      implements MemoryEvent {}

  /// A request was granted. Recorded before anything is handed out.
  ///
  /// @param shape of the request; see [io.grace.core.memory.Recall#shape]
  /// @param query the hash of its words
  /// @param considered how many memories were ranked
  /// @param given how many were handed out, by owner
  /// @param restricted how many of them without content
  /// @param answer the hash of the memories handed out, in their order
  record MemoryRecalled(
      DomainId domain,
      String by,
      Purpose purpose,
      Hash shape,
      Hash query,
      int considered,
      SortedMap<DomainId, Integer> given,
      int restricted,
      Hash answer,
      List<Receipt> receipts,
      Instant at)
      implements MemoryEvent {
    public MemoryRecalled {
      receipts = List.copyOf(receipts);
    }
  }

  /// Something was refused.
  ///
  /// @param purpose empty if nothing was to be read
  /// @param shape of the request, or the hash of what was asked for
  /// @param rule the one that kept back what had passed the most others
  record MemoryDenied(
      DomainId domain,
      String by,
      Optional<Purpose> purpose,
      Hash shape,
      Hash query,
      String rule,
      String why,
      List<Receipt> receipts,
      Instant at)
      implements MemoryEvent {
    public MemoryDenied {
      receipts = List.copyOf(receipts);
    }

    /// Whether it reached for what is not its own; too many requests are no such thing.
    public boolean isOverreach() {
      return rule.equals("domain_isolation")
          || rule.equals("cross_domain_trust")
          || rule.equals("sensitive_content");
    }
  }

  /// A domain had more requests than its quota.
  record MemoryThrottled(DomainId domain, String by, String why, Instant at)
      implements MemoryEvent {}

  /// The intent to forget. After a crash what it lists is forgotten all the same.
  ///
  /// @param request names it
  /// @param memories at most [io.grace.core.memory.Forgetting#MOST]
  record MemoryForgetting(
      DomainId domain, String by, Hash request, List<Hash> memories, String reason, Instant at)
      implements MemoryEvent {
    public MemoryForgetting {
      memories = List.copyOf(memories);
    }
  }

  /// It is gone from every part.
  ///
  /// @param removed how many were there
  /// @param proof the hash of the signed proof
  record MemoryForgotten(
      DomainId domain, String by, Hash request, int removed, Hash proof, Instant at)
      implements MemoryEvent {}

  /// A person said how far a domain may be trusted.
  ///
  /// @param trust in [0, 1]
  record MemoryTrusted(DomainId domain, String by, double trust, String reason, Instant at)
      implements MemoryEvent {}
}

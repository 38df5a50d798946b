package io.grace.runtime.memory;

import io.grace.core.memory.Access;
import io.grace.core.memory.Cell;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Purpose;
import io.grace.core.model.Hash;
import io.grace.core.model.Receipt;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a domain is told, as it is signed. *Immutable.*
///
/// @param shape of the request
/// @param answer the hash of the memories, as it stands in the journal
/// @param explanation in words, one sentence each
/// @param policies what every rule said
public record Told(
    DomainId domain,
    String actor,
    Purpose purpose,
    Hash shape,
    Instant at,
    List<Item> memories,
    Counts counts,
    Hash answer,
    List<String> explanation,
    List<Receipt> policies) {
  public Told {
    memories = List.copyOf(memories);
    explanation = List.copyOf(explanation);
    policies = List.copyOf(policies);
  }

  /// @param content empty if access is restricted
  /// @param context as well
  /// @param parts what the score is made of
  public record Item(
      Hash id,
      Cell cell,
      Access access,
      Instant at,
      Optional<String> content,
      Set<String> context,
      double score,
      Ranking.Parts parts) {
    public Item {
      context = Set.copyOf(context);
    }
  }

  /// @param considered how many were ranked
  /// @param given how many are told, by owner
  /// @param restricted how many of them without content
  public record Counts(int considered, SortedMap<DomainId, Integer> given, int restricted) {
    public Counts {
      given = Collections.unmodifiableSortedMap(new TreeMap<>(given));
    }
  }
}

package io.grace.core.memory;

import io.grace.core.model.Hash;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A wish to be told memories. *Immutable.*
///
/// @param who the domain and the actor that ask
/// @param query what is looked for, in words; blank for the newest
/// @param context what the matter at hand is about; what fits it comes first
/// @param owners whose memories; none means the own domain's
/// @param types which; none means all
/// @param from the earliest time of a memory
/// @param until what is as late is not wanted any more
/// @param limit how many at most
public record Recall(
    Credential who,
    Purpose purpose,
    String query,
    Set<String> context,
    Set<DomainId> owners,
    Set<MemoryType> types,
    Optional<Instant> from,
    Optional<Instant> until,
    int limit) {
  public static final int MOST = 50;
  public static final int LONGEST_QUERY = 1_000;

  public Recall {
    require(limit >= 1 && limit <= MOST, "limit must be in 1–" + MOST + ": " + limit);
    require(
        query.length() <= LONGEST_QUERY,
        "query must be at most " + LONGEST_QUERY + " characters: " + query.length());
    require(
        from.isEmpty() || until.isEmpty() || from.get().isBefore(until.get()),
        "from must be before until: " + from + ", " + until);
    from.ifPresent(f -> Memory.checked("from", f));
    until.ifPresent(u -> Memory.checked("until", u));
    context = Memory.checked(context);
    owners =
        Collections.unmodifiableSet(
            owners.isEmpty() ? EnumSet.of(who.domain()) : EnumSet.copyOf(owners));
    types =
        Collections.unmodifiableSet(
            types.isEmpty() ? EnumSet.allOf(MemoryType.class) : EnumSet.copyOf(types));
  }

  /// Two requests of one domain with the same shape want the same.
  public Hash shape() {
    return Hash.sha256(
        String.join(
            "\n",
            "grace-recall-v1",
            who.domain().value(),
            purpose.name(),
            Hash.sha256(query).value(),
            context.toString(),
            owners.toString(),
            types.toString(),
            from + "/" + until,
            Integer.toString(limit)));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}

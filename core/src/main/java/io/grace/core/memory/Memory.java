package io.grace.core.memory;

import io.grace.core.model.Hash;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Something that a domain remembers. *Immutable.*
///
/// @param id follows from domain, type and content, so that the same thing is remembered once
/// @param context what it is about: services, incidents, playbooks, as short words
/// @param trust how far it may be relied on, as its domain says, in [0, 1]
/// @param expires from then on nobody gets it, and it is removed
public record Memory(
    Hash id,
    Cell cell,
    String content,
    Set<String> context,
    double trust,
    Instant at,
    Optional<Instant> expires) {
  /// Longer texts belong into a document that the memory names.
  public static final int LONGEST_CONTENT = 8_000;

  /// No clock of today tells another time; beyond, arithmetic overflows.
  public static final Instant EARLIEST = Instant.EPOCH;

  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  public static final int MOST_CONTEXT = 16;
  public static final int LONGEST_CONTEXT = 120;

  public Memory {
    require(!content.isBlank(), "content must not be blank");
    require(
        content.length() <= LONGEST_CONTENT,
        "content must be at most " + LONGEST_CONTENT + " characters: " + content.length());
    require(trust >= 0 && trust <= 1, "trust must be in [0, 1]: " + trust);
    require(id.equals(id(cell.owner(), cell.type(), content)), "id is not that of the content");
    require(
        expires.isEmpty() || expires.get().isAfter(at),
        "expires must be later than " + at + ": " + expires);
    checked("at", at);
    expires.ifPresent(e -> checked("expires", e));
    context = checked(context);
  }

  static void checked(String name, Instant time) {
    require(
        !time.isBefore(EARLIEST) && !time.isAfter(LATEST),
        name + " must be between " + EARLIEST + " and " + LATEST + ": " + time);
  }

  public static Memory of(
      Cell cell,
      String content,
      Set<String> context,
      double trust,
      Instant at,
      Optional<Instant> expires) {
    return new Memory(
        id(cell.owner(), cell.type(), content), cell, content, context, trust, at, expires);
  }

  public static Hash id(DomainId owner, MemoryType type, String content) {
    return Hash.sha256("grace-memory-v1\n" + owner + "\n" + type + "\n" + content);
  }

  public Hash contentHash() {
    return Hash.sha256(content);
  }

  public boolean isExpired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }

  /// What a memory or a request is about, as it may be.
  static Set<String> checked(Set<String> context) {
    require(
        context.size() <= MOST_CONTEXT,
        "context must be at most " + MOST_CONTEXT + " words: " + context.size());
    for (String word : context) {
      require(
          !word.isBlank() && word.length() <= LONGEST_CONTEXT && word.indexOf('\n') < 0,
          "a word of the context must be one line of 1–" + LONGEST_CONTEXT + " characters");
    }
    return java.util.Collections.unmodifiableSortedSet(new TreeSet<>(context));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}

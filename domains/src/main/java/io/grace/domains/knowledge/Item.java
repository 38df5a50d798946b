package io.grace.domains.knowledge;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// A file of a source as it was last read. *Immutable.*
///
/// @param version as the source names it
/// @param revision the commit that it was read from; empty for a folder
/// @param hash of its bytes; empty if it was never read
/// @param claims what it says of services, playbooks, incidents, people and causes
/// @param patterns threat patterns that stand in it
/// @param trouble why it is in quarantine
record Item(
    String source,
    String path,
    String version,
    String revision,
    String hash,
    String title,
    Optional<String> owner,
    Optional<LocalDate> reviewed,
    Instant read,
    List<Passage> passages,
    List<Edge> claims,
    List<String> patterns,
    Optional<Trouble> trouble) {
  Item {
    passages = List.copyOf(passages);
    claims = List.copyOf(claims);
    // A file of an earlier release has none and is read anew.
    patterns = List.copyOf(patterns);
  }

  /// Why a file is not read.
  ///
  /// @param again when it is tried again though it has not changed; empty for never
  record Trouble(String reason, int attempts, Optional<Instant> again) {}

  static String id(String source, String path) {
    return source + "/" + path;
  }

  String id() {
    return id(source, path);
  }

  Item with(List<Passage> others) {
    return new Item(
        source, path, version, revision, hash, title, owner, reviewed, read, others, claims,
        patterns, trouble);
  }

  Item saying(List<Edge> others) {
    return new Item(
        source, path, version, revision, hash, title, owner, reviewed, read, passages, others,
        patterns, trouble);
  }

  Item at(String newVersion, String newRevision) {
    return new Item(
        source,
        path,
        newVersion,
        newRevision,
        hash,
        title,
        owner,
        reviewed,
        read,
        passages,
        claims,
        patterns,
        trouble);
  }

  static Item inTrouble(
      String source, Origin.Entry entry, String revision, Instant now, Trouble trouble) {
    return new Item(
        source,
        entry.path(),
        entry.version(),
        revision,
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        now,
        List.of(),
        List.of(),
        List.of(),
        Optional.of(trouble));
  }
}

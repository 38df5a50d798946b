package io.grace.core.model;

import java.time.Instant;
import java.util.List;

/// Something that people or pipelines changed in a service. *Immutable.*
///
/// @param id given by whoever reports it; the same one twice is the same change
/// @param ref what it is now, such as a version, a commit or a flag's value; may be empty
/// @param by who changed it; may be empty
/// @param summary one sentence for people; may be empty
/// @param commits the commits that it brought, newest first; bounded
public record Change(
    String id,
    ServiceId service,
    Kind kind,
    String ref,
    String by,
    String summary,
    List<Commit> commits,
    Instant at) {
  public static final int LONGEST_TEXT = 300;
  public static final int MOST_COMMITS = 20;

  /// What was changed.
  public enum Kind {
    DEPLOY,
    FLAG,
    CONFIG,
    OTHER
  }

  /// @param id abbreviated, such as `1a2b3c4d5e6f`
  public record Commit(String id, String by, String summary) {
    public Commit {
      bounded("commit", id);
      bounded("commit author", by);
      bounded("commit summary", summary);
    }
  }

  public Change {
    commits = List.copyOf(commits);
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a change needs an id");
    }
    bounded("id", id);
    bounded("ref", ref);
    bounded("by", by);
    bounded("summary", summary);
    if (commits.size() > MOST_COMMITS) {
      throw new IllegalArgumentException(
          "a change has at most " + MOST_COMMITS + " commits: " + commits.size());
    }
  }

  private static void bounded(String what, String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          what + " has at most " + LONGEST_TEXT + " characters: " + text.length());
    }
  }
}

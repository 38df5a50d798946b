package io.grace.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a person may do. Each role may do what the ones before it may.
public enum Role {
  /// Reads.
  VIEWER,
  /// Feeds signals, acknowledges, proposes, cancels, and pauses everything.
  OPERATOR,
  /// Approves, rejects, answers, resumes, and audits the log.
  APPROVER,
  ADMIN;

  /// This one and all below.
  public List<Role> included() {
    return Arrays.stream(values()).filter(r -> r.compareTo(this) <= 0).toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.grace.domains.security;

import io.grace.domains.security.sigma.RuleHead;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// A rule fired. *Immutable.*
///
/// @param number from 1, in the order in which they came
/// @param source the log that told
/// @param subjects whom it is about; empty if the event names nobody
/// @param fields of the event, for people; long values are cut
public record Detection(
    long number,
    Instant at,
    String source,
    RuleHead rule,
    Set<Subject> subjects,
    Map<String, String> fields) {
  public Detection {
    subjects = Set.copyOf(subjects);
    fields = Map.copyOf(fields);
  }
}

package io.grace.domains.security;

import io.grace.domains.security.sigma.RuleHead;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A rule fired. *Immutable.*
///
/// @param number from 1, in the order in which they came
/// @param source the log that told
/// @param learnedFrom the document of the team's knowledge that the rule stands in; empty if the
///   rule is one of the configured
/// @param subjects whom it is about; empty if the event names nobody
/// @param fields of the event, for people; long values are cut
public record Detection(
    long number,
    Instant at,
    String source,
    RuleHead rule,
    Optional<String> learnedFrom,
    Set<Subject> subjects,
    Map<String, String> fields) {
  public Detection {
    subjects = Set.copyOf(subjects);
    fields = Map.copyOf(fields);
  }

  /// The rule, as people know it.
  String why() {
    return rule.title()
        + learnedFrom.map(from -> " (learned from knowledge: " + from + ")").orElse("");
  }
}

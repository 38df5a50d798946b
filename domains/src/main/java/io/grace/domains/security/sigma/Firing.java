package io.grace.domains.security.sigma;

import java.util.Map;

/// A rule fired. *Immutable.*
///
/// @param group of a correlation, the values that its events have in common, by field or alias;
///   empty for a rule about single events
public record Firing(RuleHead rule, Map<String, String> group) {
  public Firing {
    group = Map.copyOf(group);
  }
}

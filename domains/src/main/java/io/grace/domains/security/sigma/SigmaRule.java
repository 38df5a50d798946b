package io.grace.domains.security.sigma;

import java.util.Set;

/// A rule about single events. *Immutable.*
///
/// @param shown fields that people want to see of an event that fits
record SigmaRule(RuleHead head, LogSource source, Expr condition, Set<String> shown) {
  SigmaRule {
    shown = Set.copyOf(shown);
  }
}

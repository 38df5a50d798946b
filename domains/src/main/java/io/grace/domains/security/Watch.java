package io.grace.domains.security;

import io.grace.domains.security.sigma.Event;
import io.grace.domains.security.sigma.RuleHead;
import io.grace.domains.security.sigma.RuleSet;
import io.grace.domains.security.sigma.Sigma;
import java.util.Optional;

/// Rules, and the event in hand as they see it. *Guarded by the domain's lock.*
///
/// @param areLearned whether they are of others, and not of the team
record Watch(RuleSet rules, Sigma engine, Event event, boolean areLearned) {
  /// The document that a rule was learned from; empty if it is the team's.
  Optional<String> learnedFrom(RuleHead rule) {
    return areLearned ? rules.origin(rule.id()) : Optional.empty();
  }
}

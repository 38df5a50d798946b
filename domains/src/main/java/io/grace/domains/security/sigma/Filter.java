package io.grace.domains.security.sigma;

import java.util.List;

/// What must hold besides for some rules to fire, so that a team can leave the rules of others as
/// they are. *Immutable.*
///
/// @param rules that it is about, by id or name
/// @param source only rules about this log source, or about a part of it, are filtered
/// @param condition as written: `not selection` is what suppresses
record Filter(String title, List<String> rules, LogSource source, Expr condition) {
  Filter {
    rules = List.copyOf(rules);
  }

  boolean isAbout(SigmaRule rule) {
    return source.covers(rule.source()) && rules.stream().anyMatch(rule.head()::isCalled);
  }

  SigmaRule on(SigmaRule rule) {
    return new SigmaRule(
        rule.head(),
        rule.source(),
        new Expr.All(List.of(rule.condition(), condition)),
        rule.shown());
  }
}

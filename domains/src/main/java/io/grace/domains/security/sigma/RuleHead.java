package io.grace.domains.security.sigma;

import java.util.List;

/// What people call a rule, and how bad it is when it fires. *Immutable.*
///
/// @param id its UUID, or its name where there is none
/// @param name by which correlations may refer to it; empty if it has none
public record RuleHead(String id, String name, String title, Level level, List<String> tags) {
  public RuleHead {
    tags = List.copyOf(tags);
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a rule needs an id or a name: " + title);
    }
  }

  boolean isCalled(String reference) {
    return id.equals(reference) || (!name.isEmpty() && name.equals(reference));
  }
}

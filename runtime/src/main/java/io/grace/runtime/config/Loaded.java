package io.grace.runtime.config;

import java.util.List;

/// What came of loading: a configuration, or everything that is wrong with it. *Immutable.*
public sealed interface Loaded {
  record Valid(Config config) implements Loaded {}

  /// @param problems in the order of files and lines, at least one
  record Invalid(List<Problem> problems) implements Loaded {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}

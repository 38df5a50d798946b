package io.grace.intelligence.registry;

/// Discounted mean errors of the active version, its parent and the naive forecast at the same
/// moments: the newest counts 1, each older one a fixed share of the next. *Immutable.*
///
/// @param weight how many observations that amounts to
/// @param active sum of the active one's errors, each times its weight; so are the others
record LiveErrors(double weight, double active, double parent, double naive) {
  static final LiveErrors NONE = new LiveErrors(0, 0, 0, 0);

  LiveErrors {
    ModelVersion.requireError("weight", weight);
    ModelVersion.requireError("active", active);
    ModelVersion.requireError("parent", parent);
    ModelVersion.requireError("naive", naive);
  }

  LiveErrors and(double activeError, double parentError, double naiveError, double discount) {
    return new LiveErrors(
        discount * weight + 1,
        discount * active + activeError,
        discount * parent + parentError,
        discount * naive + naiveError);
  }
}

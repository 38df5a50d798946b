package io.grace.core.model;

/// What one rule of the gate said, kept with the decision. *Immutable.*
///
/// @param rule its name, such as `change_window`
/// @param ruling what it said
/// @param why one sentence for people
public record Receipt(String rule, Ruling ruling, String why) {
  public enum Ruling {
    PASSED,
    /// People must agree first.
    ASKS,
    /// Not now, but later.
    DEFERRED,
    DENIED
  }
}

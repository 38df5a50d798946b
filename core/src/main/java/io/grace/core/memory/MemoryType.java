package io.grace.core.memory;

/// What kind of thing is remembered.
public enum MemoryType {
  /// What happened.
  EPISODIC,
  /// What is so.
  SEMANTIC,
  /// How something is done.
  PROCEDURAL,
  /// What is needed for the matter at hand; never leaves its domain.
  WORKING
}

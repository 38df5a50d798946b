package io.grace.core.memory;

/// How much of a memory somebody gets to see.
public enum Access {
  /// All of it; it is of the reader's own domain.
  FULL,
  /// All of it; its domain shares it with the reader's.
  CROSS_DOMAIN,
  /// That it exists: its hash, time and type, and nothing of what it says.
  RESTRICTED,
  /// Nothing.
  DENIED
}

package io.grace.core.model;

/// A playbook, without its version. *Immutable.*
public record PlaybookId(String value) implements Comparable<PlaybookId> {
  public PlaybookId {
    Names.require("playbook", value);
  }

  @Override
  public int compareTo(PlaybookId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

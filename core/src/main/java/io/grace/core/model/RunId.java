package io.grace.core.model;

/// One run of a playbook. *Immutable.*
public record RunId(String value) implements Comparable<RunId> {
  public RunId {
    Names.require("run", value);
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

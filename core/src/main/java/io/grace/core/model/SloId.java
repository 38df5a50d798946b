package io.grace.core.model;

/// A service level objective, by its name. *Immutable.*
public record SloId(String value) implements Comparable<SloId> {
  public SloId {
    Names.require("slo", value);
  }

  @Override
  public int compareTo(SloId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

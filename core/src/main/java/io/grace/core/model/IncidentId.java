package io.grace.core.model;

/// One incident. *Immutable.*
public record IncidentId(String value) implements Comparable<IncidentId> {
  public IncidentId {
    Names.require("incident", value);
  }

  @Override
  public int compareTo(IncidentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

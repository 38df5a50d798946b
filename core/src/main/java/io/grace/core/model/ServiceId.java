package io.grace.core.model;

/// A watched service. *Immutable.*
public record ServiceId(String value) implements Comparable<ServiceId> {
  public ServiceId {
    Names.require("service", value);
  }

  @Override
  public int compareTo(ServiceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

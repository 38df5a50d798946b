package io.grace.core.model;

/// One motion before parliament. *Immutable.*
public record MotionId(String value) implements Comparable<MotionId> {
  public MotionId {
    Names.require("motion", value);
  }

  @Override
  public int compareTo(MotionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

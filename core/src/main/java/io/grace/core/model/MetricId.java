package io.grace.core.model;

/// A metric as GRACE names it, such as `latency_ms`. *Immutable.*
public record MetricId(String value) implements Comparable<MetricId> {
  public MetricId {
    Names.require("metric", value);
  }

  @Override
  public int compareTo(MetricId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

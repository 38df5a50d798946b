package io.grace.core.model;

/// Something outside that tells GRACE of services, such as an Alertmanager or a Prometheus.
/// *Immutable.*
public record SourceId(String value) implements Comparable<SourceId> {
  private static final String NODE = "source.";

  public SourceId {
    Names.require("source", value);
  }

  /// A source is watched like a service: the one that its health is known under.
  public ServiceId node() {
    return new ServiceId(NODE + value);
  }

  /// Whether this service stands for a source.
  public static boolean isNode(ServiceId service) {
    return service.value().startsWith(NODE);
  }

  @Override
  public int compareTo(SourceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

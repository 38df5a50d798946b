package io.grace.core.model;

/// One service calls another. *Immutable.*
public record Edge(ServiceId from, ServiceId to) implements Comparable<Edge> {
  public Edge {
    if (from.equals(to)) {
      throw new IllegalArgumentException(from + " cannot call itself");
    }
  }

  @Override
  public int compareTo(Edge other) {
    int byCaller = from.compareTo(other.from);
    return byCaller != 0 ? byCaller : to.compareTo(other.to);
  }

  @Override
  public String toString() {
    return from + "/" + to;
  }
}

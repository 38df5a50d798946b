package io.grace.core.model;

import java.util.Set;

/// What the outside tells GRACE besides measurements. The loop decides what of it is news.
/// *Immutable.*
public sealed interface Report {
  /// An alert is on. Sources repeat it as often as they like.
  record Firing(Alert alert) implements Report {}

  /// An alert is over.
  record Ended(Hash fingerprint) implements Report {}

  record Changed(Change change) implements Report {}

  /// All calls that a source sees now.
  ///
  /// @param source such as `service graph`
  record Calls(String source, Set<Edge> edges) implements Report {
    public Calls {
      edges = Set.copyOf(edges);
    }
  }

  record Slo(SloReading reading) implements Report {}

  record Found(Trigger trigger) implements Report {}

  /// Where an incident may come from.
  record Traced(IncidentId incident, Causes causes) implements Report {}
}

package io.grace.core.analyze;

import io.grace.core.model.Edge;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Topology;
import io.grace.core.state.Sensed;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who calls whom, declared and learned together. *Owned by the loop thread.*
///
/// Put together anew only when what was learned changed, since a fleet has many more calls than
/// changes of them.
public final class Calls {
  private final Topology declared;
  private Map<Edge, Map<String, Instant>> learned = Map.of();
  private Topology all;

  public Calls(Topology declared) {
    this.declared = declared;
    this.all = declared;
  }

  public Topology topology(Sensed sensed) {
    if (sensed.calls() != learned) {
      learned = sensed.calls();
      all = together(declared, learned.keySet());
    }
    return all;
  }

  public static Topology together(Topology declared, Set<Edge> learned) {
    if (learned.isEmpty()) {
      return declared;
    }
    var dependencies = new HashMap<ServiceId, Set<ServiceId>>();
    declared.dependencies().forEach((from, to) -> dependencies.put(from, new HashSet<>(to)));
    for (Edge edge : learned) {
      dependencies.computeIfAbsent(edge.from(), _ -> new HashSet<>()).add(edge.to());
    }
    return new Topology(dependencies);
  }
}

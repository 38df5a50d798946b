package io.grace.core.model;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who calls whom. *Immutable.*
///
/// @param dependencies for each service those that it calls
public record Topology(Map<ServiceId, Set<ServiceId>> dependencies) {
  public Topology {
    var copy = new HashMap<ServiceId, Set<ServiceId>>();
    dependencies.forEach((service, called) -> copy.put(service, Set.copyOf(called)));
    dependencies.values().forEach(called -> called.forEach(c -> copy.putIfAbsent(c, Set.of())));
    dependencies = Map.copyOf(copy);
  }

  public Set<ServiceId> services() {
    return dependencies.keySet();
  }

  /// All that the service calls, directly or through others, without itself.
  public Set<ServiceId> dependenciesOf(ServiceId service) {
    return reach(service, dependencies);
  }

  /// What an action on these targets can hurt.
  public BlastRadius blastRadius(Set<ServiceId> targets) {
    var callers = callers();
    var dependents = new HashSet<ServiceId>();
    targets.forEach(target -> dependents.addAll(reach(target, callers)));
    dependents.removeAll(targets);
    return new BlastRadius(targets, dependents, dependencies.size());
  }

  private Map<ServiceId, Set<ServiceId>> callers() {
    var callers = new HashMap<ServiceId, Set<ServiceId>>();
    dependencies.forEach((service, called) ->
        called.forEach(c -> callers.computeIfAbsent(c, _ -> new HashSet<>()).add(service)));
    return callers;
  }

  private static Set<ServiceId> reach(ServiceId from, Map<ServiceId, Set<ServiceId>> edges) {
    var found = new HashSet<ServiceId>();
    var next = new ArrayDeque<>(edges.getOrDefault(from, Set.of()));
    while (!next.isEmpty()) {
      ServiceId service = next.poll();
      if (found.add(service)) {
        next.addAll(edges.getOrDefault(service, Set.of()));
      }
    }
    found.remove(from);
    return found;
  }
}

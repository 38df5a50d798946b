package io.grace.core.model;

import java.util.HashSet;
import java.util.Set;

/// What an action can hurt: its targets, and everything that depends on them. *Immutable.*
///
/// @param dependents the services that call a target, directly or through others
/// @param known how many services the topology has, for the share
public record BlastRadius(Set<ServiceId> targets, Set<ServiceId> dependents, int known) {
  public BlastRadius {
    targets = Set.copyOf(targets);
    dependents = Set.copyOf(dependents);
  }

  /// The number that limits are about: the dependents.
  public int size() {
    return dependents.size();
  }

  /// In percent of the known services, 0–100; all of them if none are known.
  public double percent() {
    return known == 0 ? 100 : 100.0 * dependents.size() / known;
  }

  /// The radius of both together.
  public BlastRadius and(BlastRadius other) {
    var bothTargets = new HashSet<>(targets);
    bothTargets.addAll(other.targets);
    var bothDependents = new HashSet<>(dependents);
    bothDependents.addAll(other.dependents);
    return new BlastRadius(bothTargets, bothDependents, Math.max(known, other.known));
  }
}

package io.grace.runtime.domain;

import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.core.spi.Secrets;
import io.grace.core.state.Snapshot;
import io.grace.runtime.config.Workshop;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What a domain is given of the GRACE that it lives in. *Immutable.*
///
/// @param directory its own, where it keeps its files
/// @param base what relative paths in its settings are relative to
/// @param snapshot the state of now
/// @param policy of this life
/// @param nodes of each domain in this GRACE, by its name
/// @param workshop proves and tests playbooks without loading them
/// @param memories its own; empty for a domain of somebody's own, to which nobody gave any
/// @param works the machinery around the loop, for those that watch it
public record House(
    Path directory,
    Path base,
    InstantSource clock,
    Secrets secrets,
    Supplier<Snapshot> snapshot,
    Policy policy,
    Map<String, Set<ServiceId>> nodes,
    Workshop workshop,
    Optional<Recollection> memories,
    Works works) {
  public House {
    nodes = Map.copyOf(nodes);
  }

  public Path resolve(String path) {
    return base.resolve(path).normalize();
  }
}

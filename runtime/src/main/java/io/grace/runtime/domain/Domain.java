package io.grace.runtime.domain;

import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.TelemetrySource;
import java.util.List;
import java.util.Optional;

/// A part of the house that is watched and healed like any service: eyes that measure its nodes and
/// hands that mend them. It never acts by itself; what it can do waits for a warrant.
/// *Thread-safe.*
public interface Domain extends AutoCloseable {
  List<TelemetrySource> eyes();

  /// Named as the domain; empty if there is nothing that it could do.
  Optional<ActionProvider> hands();

  /// Ends what it started. Called once, after loop and hands have stopped.
  @Override
  void close();
}

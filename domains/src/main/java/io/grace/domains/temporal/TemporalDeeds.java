package io.grace.domains.temporal;

import io.grace.core.govern.Warrant;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.domains.Hands;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Rebuilds, retrains and invalidates, each only under a warrant. *Thread-safe.*
final class TemporalDeeds implements Hands.Deed {
  private final Graphs graphs;
  private final Forecasting forecasting;
  private final Simulator simulator;
  private final InstantSource clock;
  private final Befores befores;

  TemporalDeeds(
      Graphs graphs,
      Forecasting forecasting,
      Simulator simulator,
      InstantSource clock,
      Befores befores) {
    this.graphs = graphs;
    this.forecasting = forecasting;
    this.simulator = simulator;
    this.clock = clock;
    this.befores = befores;
  }

  @Override
  public Result perform(Warrant warrant) {
    try {
      return switch (warrant.action().name()) {
        case TemporalNodes.REBUILD -> rebuild(warrant);
        case TemporalNodes.RESTORE_GRAPH -> restoreGraph(warrant);
        case TemporalNodes.RETRAIN -> retrain(warrant);
        case TemporalNodes.RESTORE_FORECASTER -> restoreForecaster(warrant);
        case TemporalNodes.INVALIDATE ->
            new Result.Done(simulator.invalidate() + " answers were dropped");
        default -> throw new IllegalStateException(warrant + " is declared and not performed");
      };
    } catch (IOException e) {
      return new Result.Unknown("the disk refused: " + e.getMessage());
    }
  }

  private Result rebuild(Warrant warrant) throws IOException {
    befores.keep(warrant, graphs.current().map(CausalGraph::toBytes));
    return graphs
        .rebuild(clock.instant())
        .<Result>map(Result.Done::new)
        .orElseGet(() -> new Result.Failed("too little was measured to build a graph", true));
  }

  private Result restoreGraph(Warrant warrant) throws IOException {
    if (!befores.isKnown(warrant)) {
      return new Result.Done("nothing was changed, so nothing is given back");
    }
    Optional<byte[]> before = befores.of(warrant);
    if (before.isPresent()) {
      graphs.putBack(before.get());
    } else {
      graphs.forget();
    }
    return new Result.Done("the graph is the one that was there before");
  }

  private Result retrain(Warrant warrant) throws IOException {
    befores.keep(warrant, Optional.of(forecasting.toBytes()));
    List<String> taken = forecasting.retrain();
    return taken.isEmpty()
        ? new Result.Failed("nothing better was found", false)
        : new Result.Done(String.join("; ", taken));
  }

  private Result restoreForecaster(Warrant warrant) throws IOException {
    Optional<byte[]> before = befores.of(warrant);
    if (before.isEmpty()) {
      return new Result.Done("nothing was changed, so nothing is given back");
    }
    forecasting.putBack(before.get());
    return new Result.Done("forecasts are made as before");
  }
}

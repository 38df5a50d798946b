package io.grace.domains.temporal;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import io.grace.domains.series.Recorder;
import io.grace.runtime.foresight.Recent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Measures the three nodes. *Thread-safe.*
final class TemporalEye implements TelemetrySource {
  private final Recorder recorder;
  private final Supplier<List<Recent>> recent;
  private final Graphs graphs;
  private final Forecasting forecasting;
  private final Simulator simulator;
  private final Upstream upstream;
  private final Duration interval;

  TemporalEye(
      Recorder recorder,
      Supplier<List<Recent>> recent,
      Graphs graphs,
      Forecasting forecasting,
      Simulator simulator,
      Upstream upstream,
      Duration interval) {
    this.recorder = recorder;
    this.recent = recent;
    this.graphs = graphs;
    this.forecasting = forecasting;
    this.simulator = simulator;
    this.upstream = upstream;
    this.interval = interval;
  }

  @Override
  public String name() {
    return TemporalNodes.NAME;
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public List<Signal> collect(Instant now) {
    recorder.take(recent.get());
    forecasting.look();
    var told = new ArrayList<Signal>();
    ServiceId graph = TemporalNodes.GRAPH;
    graphs
        .staleness()
        .ifPresent(ratio -> told.add(signal(graph, "causal_graph_stale_ratio", ratio, now)));
    graphs
        .current()
        .ifPresent(g -> {
          double age = Math.max(0, now.getEpochSecond() - g.builtAt());
          boolean isSuspect = upstream.latest().getEpochSecond() > g.builtAt();
          told.add(signal(graph, "causal_graph_age", age, now));
          told.add(signal(graph, "drift_since_build", isSuspect ? 1 : 0, now));
        });
    told.add(signal(graph, "causal_inferences", (double) graphs.asked(), now));
    ServiceId forecaster = TemporalNodes.FORECASTER;
    told.add(signal(forecaster, "predictions_made", (double) forecasting.made(), now));
    told.add(signal(forecaster, "forecasts_missing", forecasting.isWanting() ? 1 : 0, now));
    forecasting
        .accuracy()
        .ifPresent(a -> told.add(signal(forecaster, "prediction_accuracy", a, now)));
    ServiceId node = TemporalNodes.SIMULATOR;
    told.add(signal(node, "simulations_run", (double) simulator.run(), now));
    told.add(signal(node, "cache_stale_ratio", simulator.staleRatio(), now));
    return told;
  }

  private static Signal signal(ServiceId node, String metric, double value, Instant now) {
    return new Signal(node, new MetricId(metric), value, now, TemporalNodes.NAME);
  }
}

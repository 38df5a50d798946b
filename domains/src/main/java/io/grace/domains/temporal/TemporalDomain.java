package io.grace.domains.temporal;

import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.TelemetrySource;
import io.grace.domains.Hands;
import io.grace.domains.series.Recorder;
import io.grace.domains.series.RecorderFile;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The running domain: causal graph, forecaster and simulator over what is measured. *Thread-safe.*
public final class TemporalDomain implements Domain {
  private final Recorder recorder;
  private final Graphs graphs;
  private final Forecasting forecasting;
  private final Simulator simulator;
  private final Upstream upstream;
  private final TemporalEye eye;
  private final Hands hands;
  private final RecorderFile recorded;

  TemporalDomain(TemporalSettings settings, House house) throws IOException {
    Path directory = Files.createDirectories(house.directory());
    this.recorded = new RecorderFile(directory.resolve("recorded"));
    this.recorder =
        new Recorder(
            settings.step(),
            Math.clamp(settings.length() + settings.fresh() + 16L, 2, Recorder.LENGTH_MAX));
    recorded.restore(recorder);
    this.graphs =
        new Graphs(
            settings.series(),
            recorder,
            settings.maxLag(),
            settings.length(),
            settings.fresh(),
            directory.resolve("graph"));
    this.forecasting =
        new Forecasting(
            settings.series(),
            recorder,
            settings.lags(),
            settings.horizon(),
            settings.length(),
            directory.resolve("forecasters"));
    this.simulator = new Simulator(graphs, settings.ttl(), house.clock());
    this.upstream = new Upstream(house.snapshot(), house.works());
    this.eye =
        new TemporalEye(
            recorder,
            () -> house.works().recent(),
            graphs,
            forecasting,
            simulator,
            upstream,
            settings.interval());
    this.hands =
        Hands.of(
            TemporalNodes.NAME,
            TemporalNodes.actions(),
            new TemporalDeeds(
                graphs,
                forecasting,
                simulator,
                house.clock(),
                new Befores(directory.resolve("befores"))),
            directory);
  }

  public Recorder recorder() {
    return recorder;
  }

  public Graphs graphs() {
    return graphs;
  }

  public Forecasting forecasting() {
    return forecasting;
  }

  public Simulator simulator() {
    return simulator;
  }

  @Override
  public List<TelemetrySource> eyes() {
    return List.of(eye);
  }

  @Override
  public Optional<ActionProvider> hands() {
    return Optional.of(hands);
  }

  @Override
  public void close() {
    upstream.close();
    recorded.keep(recorder);
  }
}

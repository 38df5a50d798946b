package io.grace.domains.temporal;

import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.TelemetrySource;
import io.grace.domains.disk.WholeFile;
import io.grace.domains.series.Recorder;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.House;
import io.grace.runtime.process.KeyLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running domain: causal graph, forecaster and simulator over what is measured. *Thread-safe.*
public final class TemporalDomain implements Domain {
  private static final Logger LOG = LoggerFactory.getLogger(TemporalDomain.class);

  private final Recorder recorder;
  private final Graphs graphs;
  private final Forecasting forecasting;
  private final Simulator simulator;
  private final Upstream upstream;
  private final TemporalEye eye;
  private final TemporalHands hands;
  private final Path recorded;

  TemporalDomain(TemporalSettings settings, House house) throws IOException {
    Path directory = Files.createDirectories(house.directory());
    this.recorded = directory.resolve("recorded");
    this.recorder =
        new Recorder(
            settings.step(),
            Math.clamp(settings.length() + settings.fresh() + 16L, 2, Recorder.LENGTH_MAX));
    restore();
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
        new TemporalHands(
            graphs,
            forecasting,
            simulator,
            house.clock(),
            KeyLog.open(directory.resolve("keys.log")),
            new Befores(directory.resolve("befores")));
  }

  /// What was recorded before is worth much and needed by nothing.
  private void restore() throws IOException {
    if (Files.exists(recorded)) {
      try {
        recorder.restore(WholeFile.read(recorded));
      } catch (WholeFile.Torn | IllegalArgumentException e) {
        LOG.atWarn()
            .addKeyValue("reason", e.getMessage())
            .log("what was recorded cannot be read; recording begins anew");
      }
    }
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
    try {
      WholeFile.write(recorded, recorder.toBytes());
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("what was recorded is not kept; the next life records anew");
    }
  }
}

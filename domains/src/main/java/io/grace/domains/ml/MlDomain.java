package io.grace.domains.ml;

import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.TelemetrySource;
import io.grace.domains.Hands;
import io.grace.domains.disk.Deeds;
import io.grace.domains.series.Recorder;
import io.grace.domains.series.RecorderFile;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.House;
import io.grace.runtime.http.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The running domain: registry, training, answers, and the API for models of others.
/// *Thread-safe.*
public final class MlDomain implements Domain {
  private static final Duration OUTSIDE_TIMEOUT = Duration.ofSeconds(5);

  private final Recorder recorder;
  private final Registry registry;
  private final Tracking tracking;
  private final Inference inference;
  private final Jobs jobs;
  private final Watch watch;
  private final List<TelemetrySource> eyes;
  private final Hands hands;
  private final MlflowApi api;
  private final RecorderFile recorded;

  private MlDomain(MlSettings settings, House house, Registry registry, Tracking tracking)
      throws IOException {
    Path directory = house.directory();
    this.registry = registry;
    this.tracking = tracking;
    this.recorded = new RecorderFile(directory.resolve("recorded"));
    this.recorder =
        new Recorder(settings.step(), Math.clamp(settings.length() + 1L, 2, Recorder.LENGTH_MAX));
    recorded.restore(recorder);
    this.inference =
        new Inference(
            registry,
            settings.workers(),
            settings.patience(),
            settings.window(),
            directory.resolve("workers"));
    this.watch = new Watch(settings.models(), registry, inference, recorder, settings.rules());
    var outside = outside(settings, house);
    var deeds = Deeds.open(directory.resolve("deeds"));
    this.jobs =
        new Jobs(
            directory.resolve("jobs"), settings.threads(), settings.every(), new Staging(registry));
    this.hands =
        Hands.of(
            MlNodes.NAME,
            MlNodes.actions(),
            new MlDeeds(registry, inference, jobs, watch, outside, recorder, house.clock(), deeds),
            directory);
    this.api = new MlflowApi(registry, tracking);
    var sources = new ArrayList<TelemetrySource>();
    sources.add(
        new MlEye(
            recorder,
            () -> house.works().recent(),
            registry,
            inference,
            jobs,
            watch,
            outside,
            settings.interval()));
    if (settings.server().isPresent()) {
      sources.add(outside);
    }
    this.eyes = List.copyOf(sources);
  }

  static MlDomain open(MlSettings settings, House house) throws IOException {
    Files.createDirectories(house.directory());
    Registry registry = Registry.open(house.directory(), house.clock());
    Tracking tracking = null;
    try {
      tracking = Tracking.open(house.directory().resolve("tracking.log"), house.clock());
      return new MlDomain(settings, house, registry, tracking);
    } catch (IOException | RuntimeException e) {
      registry.close();
      if (tracking != null) {
        tracking.close();
      }
      throw e;
    }
  }

  private static Outside outside(MlSettings settings, House house) {
    var wanted = settings.server();
    return new Outside(
        wanted.map(s ->
            new MlflowServer(
                Exchange.newClient(), s.url(), s.token(), house.secrets(), OUTSIDE_TIMEOUT)),
        wanted.map(MlSettings.Server::models).orElse(List.of()),
        wanted.map(MlSettings.Server::metric).orElse(""),
        wanted.map(MlSettings.Server::interval).orElse(settings.interval()));
  }

  public Recorder recorder() {
    return recorder;
  }

  public Registry registry() {
    return registry;
  }

  public Inference inference() {
    return inference;
  }

  public Jobs jobs() {
    return jobs;
  }

  public Watch watch() {
    return watch;
  }

  /// For models of others, to be mounted at `/api/2.0/mlflow`.
  public MlflowApi api() {
    return api;
  }

  @Override
  public List<TelemetrySource> eyes() {
    return eyes;
  }

  @Override
  public Optional<ActionProvider> hands() {
    return Optional.of(hands);
  }

  @Override
  public void close() {
    jobs.close();
    recorded.keep(recorder);
    tracking.close();
    registry.close();
  }
}

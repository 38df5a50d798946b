package io.grace.domains.ml;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import io.grace.domains.ml.Watch.Finding;
import io.grace.domains.series.Recorder;
import io.grace.runtime.foresight.Recent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/// Measures the four nodes. *Thread-safe.*
final class MlEye implements TelemetrySource {
  private final Recorder recorder;
  private final Supplier<List<Recent>> recent;
  private final Registry registry;
  private final Inference inference;
  private final Jobs jobs;
  private final Watch watch;
  private final Outside outside;
  private final Duration interval;

  MlEye(
      Recorder recorder,
      Supplier<List<Recent>> recent,
      Registry registry,
      Inference inference,
      Jobs jobs,
      Watch watch,
      Outside outside,
      Duration interval) {
    this.recorder = recorder;
    this.recent = recent;
    this.registry = registry;
    this.inference = inference;
    this.jobs = jobs;
    this.watch = watch;
    this.outside = outside;
    this.interval = interval;
  }

  @Override
  public String name() {
    return "ml";
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public List<Signal> collect(Instant now) {
    recorder.take(recent.get());
    var told = new Telling(now);
    List<Finding> found = watch.look(now);
    double drifted = found.stream().filter(Finding::hasDrifted).count();
    told.of(MlNodes.RETRAIN, "drift_detected", drifted);
    told.of(
        MlNodes.RETRAIN,
        "models_due",
        (double) found.stream().filter(f -> f.due().isPresent()).count());
    told.of(MlNodes.REGISTRY, "artifacts_damaged", inference.damaged().size());
    accuracy(found).ifPresent(a -> told.of(MlNodes.INFERENCE, "model_accuracy", a));
    double back = canGoBack(found) ? 1 : 0;
    told.of(MlNodes.INFERENCE, "rollback_possible", back);
    told.of(MlNodes.REGISTRY, "rollback_possible", back);
    Latency.Lately lately = inference.lately();
    told.of(MlNodes.INFERENCE, "inference_latency", lately.p95Ms());
    told.of(MlNodes.INFERENCE, "inference_refused_ratio", lately.refusedRatio());
    told.of(MlNodes.INFERENCE, "inference_workers", inference.workers());
    told.of(MlNodes.TRAINING, "training_jobs", (double) jobs.open());
    told.of(MlNodes.TRAINING, "jobs_stalled", jobs.stalled().size());
    try {
      told.of(MlNodes.TRAINING, "checkpoints_torn", (double) jobs.torn());
    } catch (IOException _) {
      // A directory that goes while it is looked at is looked at again in the next round.
    }
    return told.all;
  }

  /// The least of all models, of others too.
  private OptionalDouble accuracy(List<Finding> found) {
    DoubleStream own =
        found.stream()
            .filter(f -> f.accuracy().isPresent())
            .mapToDouble(f -> f.accuracy().orElse(1));
    DoubleStream others = outside.worst().stream().mapToDouble(Outside.Finding::accuracy);
    return DoubleStream.concat(own, others).min();
  }

  private boolean canGoBack(List<Finding> found) {
    return outside.worst().isPresent()
        || found.stream().anyMatch(f -> registry.before(f.spec().name()).isPresent());
  }

  private static final class Telling {
    private final Instant now;
    private final List<Signal> all = new ArrayList<>();

    Telling(Instant now) {
      this.now = now;
    }

    void of(ServiceId node, String metric, double value) {
      all.add(new Signal(node, new MetricId(metric), value, now, "ml"));
    }
  }
}

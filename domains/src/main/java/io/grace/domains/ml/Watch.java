package io.grace.domains.ml;

import io.grace.domains.series.SeriesSource;
import io.grace.intelligence.registry.Decision.Due;
import io.grace.intelligence.registry.ModelRegistry;
import io.grace.intelligence.registry.ModelVersion.Span;
import io.grace.intelligence.registry.RegistryRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReentrantLock;

/// What is known of each model that GRACE keeps: how well it does, whether it drifted, whether it
/// is due. It says so and does nothing about it. *Thread-safe.*
public final class Watch {
  /// Below what naive would get.
  private static final double LEAST_ACCURACY = 0.5;

  private final Map<String, ModelSpec> specs;
  private final Registry registry;
  private final Inference inference;
  private final SeriesSource source;
  private final RegistryRules rules;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private final Map<String, LiveScore> scores = new HashMap<>();

  /// What is known of one model.
  ///
  /// @param accuracy empty until enough was judged; 0 if nothing whole is there to answer
  /// @param due why it should be trained; empty if it should not
  /// @param drift 0 if it did not
  public record Finding(
      ModelSpec spec,
      Optional<Version> production,
      OptionalDouble accuracy,
      boolean isDamaged,
      double drift,
      Optional<String> due) {
    boolean hasDrifted() {
      return drift > 0;
    }
  }

  Watch(
      List<ModelSpec> specs,
      Registry registry,
      Inference inference,
      SeriesSource source,
      RegistryRules rules) {
    this.specs = new HashMap<>();
    specs.forEach(spec -> this.specs.put(spec.name(), spec));
    this.registry = registry;
    this.inference = inference;
    this.source = source;
    this.rules = rules;
  }

  /// Looks at every model, with what was measured by now.
  public List<Finding> look(Instant now) {
    lock.lock();
    try {
      inference.refresh();
      var found = new ArrayList<Finding>();
      for (ModelSpec spec : specs.values()) {
        found.add(look(spec, now));
      }
      found.sort(Comparator.comparing(f -> f.spec().name()));
      return found;
    } finally {
      lock.unlock();
    }
  }

  private Finding look(ModelSpec spec, Instant now) {
    Optional<Version> production = registry.production(spec.name());
    boolean isDamaged = inference.damaged().contains(spec.name());
    Inference.Serving serving = inference.serving().get(spec.name());
    if (serving == null) {
      scores.remove(spec.name());
      return new Finding(
          spec,
          production,
          isDamaged ? OptionalDouble.of(0) : OptionalDouble.empty(),
          isDamaged,
          0,
          due(spec, 0, now));
    }
    LiveScore score = scores.get(spec.name());
    // Stage and tags may change; it is the same version as long as its bytes are.
    if (score == null
        || score.version().number() != serving.version().number()
        || !score.version().artifact().equals(serving.version().artifact())) {
      score = new LiveScore(serving.version(), serving.artifact());
      scores.put(spec.name(), score);
    }
    source.newest(spec.id(), score.wanted()).ifPresent(score::look);
    double drift = score.hasDrifted() ? score.drift() : 0;
    return new Finding(spec, production, score.accuracy(), isDamaged, drift, due(spec, drift, now));
  }

  /// Trained never, too long ago, or before its series drifted; and enough was recorded to train.
  private Optional<String> due(ModelSpec spec, double drift, Instant now) {
    if (!hasEnough(spec)) {
      return Optional.empty();
    }
    Due due = aged(spec, drift, now).due(now.getEpochSecond());
    return due.isDue() ? Optional.of(due.reason()) : Optional.empty();
  }

  private ModelRegistry aged(ModelSpec spec, double drift, Instant now) {
    var empty = ModelRegistry.empty(rules);
    List<Version> all = registry.versions(spec.name()).stream().filter(Version::isOwn).toList();
    if (all.isEmpty()) {
      return empty;
    }
    long trained = all.getLast().createdMs() / 1_000;
    var aged =
        empty
            .propose("lstm", trained, new Span(trained - 1, trained), 0, 1)
            .registry()
            .judge(1)
            .registry();
    return drift > 0 ? aged.drifted(now.getEpochSecond()) : aged;
  }

  /// The models that should be trained, the one that drifted most first.
  ///
  /// @param isForAccuracy whether those that answer badly are wanted too, though they are not due
  List<Finding> wanted(Instant now, boolean isForAccuracy) {
    return look(now).stream()
        .filter(f -> f.due().isPresent() || (isForAccuracy && isBad(f) && hasEnough(f.spec())))
        .sorted(Comparator.comparingDouble(f -> -f.drift()))
        .limit(Jobs.WAITING_MAX)
        .toList();
  }

  private static boolean isBad(Finding f) {
    return f.accuracy().orElse(1) < LEAST_ACCURACY;
  }

  private boolean hasEnough(ModelSpec spec) {
    return source
        .newest(spec.id(), spec.length())
        .filter(data -> data.values().length >= spec.least())
        .isPresent();
  }

  /// The model that should go back first: one that is damaged, then the least accurate.
  Optional<Finding> worst(Instant now) {
    return look(now).stream()
        .filter(f -> f.accuracy().isPresent())
        .min(
            Comparator.comparing((Finding f) -> !f.isDamaged())
                .thenComparingDouble(f -> f.accuracy().orElse(1)));
  }
}

package io.grace.domains.ml;

import io.grace.domains.ml.Version.Lineage;
import io.grace.domains.series.Recorded;
import io.grace.intelligence.neural.LstmForecaster;
import io.grace.intelligence.registry.Decision;
import io.grace.intelligence.registry.ModelRegistry;
import io.grace.intelligence.registry.ModelVersion.Span;
import io.grace.intelligence.registry.RegistryRules;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Registers what was trained, and puts it into production only if it beats both the naive forecast
/// and what is there, on values that none of them has seen. *Thread-safe.*
final class Staging implements Jobs.Finish {
  private final Registry registry;

  Staging(Registry registry) {
    this.registry = registry;
  }

  @Override
  public String finish(Job job, LstmForecaster trained, Recorded data) throws IOException, Refused {
    ModelSpec spec = job.spec();
    Optional<Version> before =
        registry.versions(spec.name()).stream()
            .filter(v -> job.id().equals(v.tags().get(Tags.JOB)))
            .findFirst();
    Version candidate = before.isPresent() ? before.get() : register(job, trained, data);
    if (candidate.stage() != Stage.NONE || candidate.tags().containsKey(Tags.REFUSED)) {
      return candidate + " was registered before";
    }
    int active = registry.production(spec.name()).map(Version::number).orElse(0);
    Decision decision = judge(spec, candidate, data);
    // The rules number versions as they come to know of them.
    String reason =
        decision
            .reason()
            .replaceFirst("^version \\d+: ", "")
            .replace("active version 1", "active version " + active);
    if (decision.kind() != Decision.Kind.ACTIVATED) {
      registry.tag(spec.name(), candidate.number(), Tags.REFUSED, reason);
      return candidate + " is not staged: " + reason;
    }
    registry.move(spec.name(), candidate.number(), Stage.STAGING, false);
    registry.move(spec.name(), candidate.number(), Stage.PRODUCTION, true);
    return candidate + " is in production: " + reason;
  }

  private Version register(Job job, LstmForecaster trained, Recorded data)
      throws IOException, Refused {
    ModelSpec spec = job.spec();
    if (registry.model(spec.name()).isEmpty()) {
      registry.create(spec.name(), "forecasts " + spec.series(), Map.of());
    }
    double[] learnt = Arrays.copyOf(data.values(), data.values().length - spec.judged());
    Origins.Errors errors = Origins.over(trained, data.values(), spec.judged());
    return registry.add(
        spec.name(),
        ModelArtifact.of(trained, learnt).toBytes(),
        new Lineage(job.parent(), data.hash().value(), ModelSpec.CODE, spec.params(job.seed())),
        Map.of("mae", errors.model(), "naive_mae", errors.naive()),
        Map.of(
            Tags.JOB,
            job.id(),
            Tags.LEARNT_UNTIL,
            String.valueOf(data.secondOf(learnt.length - 1))));
  }

  /// By the rules that models in the loop age by.
  private Decision judge(ModelSpec spec, Version candidate, Recorded data) {
    var span = new Span(data.secondOf(0), data.newest() + data.step());
    double naive = candidate.metrics().getOrDefault("naive_mae", 0.0);
    double error = candidate.metrics().getOrDefault("mae", Double.MAX_VALUE);
    var registry = ModelRegistry.empty(RegistryRules.USUAL);
    Optional<Double> active = activeError(spec, data);
    if (active.isPresent()) {
      // One that is no longer better than naive stands in nobody's way.
      registry =
          registry
              .propose("active", 0, span, active.get(), naive)
              .registry()
              .judge(naive)
              .registry();
    }
    return registry
        .propose("lstm", data.newest(), span, error, naive)
        .registry()
        .judge(active.orElse(naive));
  }

  /// What is in production, on the same values; empty if nothing is or it cannot be read.
  private Optional<Double> activeError(ModelSpec spec, Recorded data) {
    try {
      Optional<Version> active = registry.production(spec.name()).filter(Version::isOwn);
      if (active.isEmpty()) {
        return Optional.empty();
      }
      var artifact = ModelArtifact.fromBytes(registry.artifact(active.get()));
      return Optional.of(Origins.over(artifact.model(), data.values(), spec.judged()).model());
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}

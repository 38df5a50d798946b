package io.grace.domains.ml;

import io.grace.intelligence.registry.RegistryRules;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a team may set; the schema in `domain.yaml` has checked it. *Immutable.*
///
/// @param step seconds between two values of a series
/// @param threads trainings at the same time
/// @param every epochs between two checkpoints
/// @param patience how long a question waits for a worker
/// @param window of the latency histogram
record MlSettings(
    List<ModelSpec> models,
    Duration interval,
    int step,
    int threads,
    int every,
    int workers,
    Duration patience,
    Duration window,
    RegistryRules rules,
    Optional<Server> server) {
  /// @param token refers to a secret
  record Server(
      URI url, Optional<String> token, List<String> models, String metric, Duration interval) {}

  static MlSettings of(JsonNode json) {
    var models = new ArrayList<ModelSpec>();
    json.path("models").properties().forEach(e -> models.add(spec(e.getKey(), e.getValue())));
    long rest = seconds(json, "rest", "10m");
    return new MlSettings(
        List.copyOf(models),
        duration(json, "interval", "10s"),
        json.path("step_seconds").asInt(15),
        json.path("training_threads").asInt(1),
        json.path("checkpoint_every").asInt(1),
        json.path("workers").asInt(2),
        duration(json, "wait", "250ms"),
        duration(json, "latency_window", "1m"),
        rules(Math.max(rest + 1, seconds(json, "max_age", "7d")), rest),
        json.has("mlflow") ? Optional.of(server(json.path("mlflow"))) : Optional.empty());
  }

  private static RegistryRules rules(long maxAge, long rest) {
    var usual = RegistryRules.USUAL;
    return new RegistryRules(
        usual.margin(),
        usual.tolerance(),
        usual.discount(),
        usual.leastWeight(),
        maxAge,
        rest,
        usual.keep());
  }

  private static ModelSpec spec(String name, JsonNode json) {
    return new ModelSpec(
        name,
        json.path("series").asString(),
        json.path("context").asInt(24),
        json.path("horizon").asInt(4),
        json.path("season").asInt(1),
        json.path("hidden").asInt(12),
        json.path("epochs").asInt(8),
        json.path("length").asInt(600));
  }

  private static Server server(JsonNode json) {
    var models = new ArrayList<String>();
    json.path("models").forEach(m -> models.add(m.asString()));
    return new Server(
        URI.create(json.path("url").asString()),
        json.has("token") ? Optional.of(json.path("token").asString()) : Optional.empty(),
        models,
        json.path("metric").asString("accuracy"),
        duration(json, "interval", "30s"));
  }

  private static long seconds(JsonNode json, String key, String usual) {
    return duration(json, key, usual).toSeconds();
  }

  private static Duration duration(JsonNode json, String key, String usual) {
    String text = json.path(key).asString(usual);
    long count = Long.parseLong(text.replaceAll("\\D", ""));
    return switch (text.replaceAll("\\d", "")) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> throw new IllegalArgumentException("no duration: " + text);
    };
  }

  /// The longest of what any model needs.
  int length() {
    return models.stream().mapToInt(ModelSpec::length).max().orElse(2);
  }
}

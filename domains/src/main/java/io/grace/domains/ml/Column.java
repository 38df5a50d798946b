package io.grace.domains.ml;

import io.grace.domains.ml.Tracking.Point;
import io.grace.domains.ml.Tracking.Run;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a search of runs compares or orders by: `metrics.rmse`, `params.depth`, `tags.team`,
/// `attributes.status`. *Immutable.*
///
/// @param key of an attribute the name that MLflow gives it in `runs/get`
record Column(Kind kind, String key) {
  /// Where a value stands.
  enum Kind {
    METRIC,
    PARAM,
    TAG,
    ATTRIBUTE
  }

  private static final List<String> TIMES = List.of("start_time", "end_time");
  private static final List<String> TEXTS =
      List.of("run_id", "run_name", "user_id", "status", "artifact_uri");

  /// @param kind as MLflow's clients write it; empty for an attribute
  static Column of(String kind, String key) throws Refused {
    return switch (kind) {
      case "metric", "metrics" -> new Column(Kind.METRIC, key);
      case "param", "params", "parameter", "parameters" -> new Column(Kind.PARAM, key);
      case "tag", "tags" -> new Column(Kind.TAG, key);
      case "", "attribute", "attributes", "attr", "run" ->
          new Column(Kind.ATTRIBUTE, attribute(key));
      default ->
          throw Refused.invalid(
              "Invalid entity type '"
                  + kind
                  + "'. Valid values are metrics, params, tags, attributes");
    };
  }

  private static String attribute(String key) throws Refused {
    String name =
        switch (key) {
          case "created", "Created" -> "start_time";
          case "run name", "Run name", "Run Name" -> "run_name";
          default -> key;
        };
    if (!TIMES.contains(name) && !TEXTS.contains(name)) {
      throw Refused.invalid(
          "Invalid attribute key '" + key + "' specified. Valid keys are " + TEXTS + ", " + TIMES);
    }
    return name;
  }

  boolean isNumber() {
    return kind == Kind.METRIC || isTime();
  }

  boolean isTime() {
    return kind == Kind.ATTRIBUTE && TIMES.contains(key);
  }

  /// Only this may be compared with a list.
  boolean isId() {
    return kind == Kind.ATTRIBUTE && key.equals("run_id");
  }

  /// Empty if the run has none.
  OptionalDouble number(Run run) {
    if (kind == Kind.METRIC) {
      return run.newest().stream()
          .filter(p -> p.key().equals(key))
          .mapToDouble(Point::value)
          .findFirst();
    }
    long at = key.equals("start_time") ? run.info().startedMs() : run.info().endedMs();
    return at > 0 ? OptionalDouble.of((double) at) : OptionalDouble.empty();
  }

  /// Empty if the run has none.
  Optional<String> text(Run run) {
    return switch (kind) {
      case PARAM -> Optional.ofNullable(run.params().get(key));
      case TAG -> Optional.ofNullable(run.tags().get(key));
      case ATTRIBUTE -> Optional.of(attribute(run));
      case METRIC -> Optional.empty();
    };
  }

  private String attribute(Run run) {
    return switch (key) {
      case "run_id" -> run.info().id();
      case "run_name" -> run.info().name();
      case "user_id" -> run.info().user();
      case "status" -> run.info().status().name();
      case "artifact_uri" -> run.info().artifacts();
      default -> throw new IllegalStateException("no text: " + this);
    };
  }
}

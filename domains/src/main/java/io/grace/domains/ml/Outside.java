package io.grace.domains.ml;

import io.grace.core.model.MetricId;
import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Models of others on an MLflow server: how well the one in production does by its own account,
/// and the way back to the one before it. *Thread-safe.*
final class Outside implements TelemetrySource {
  /// Begins what a step remembers of them.
  static final String MARK = "outside:";

  private static final MetricId UP = new MetricId("outside_up");

  private final Optional<MlflowServer> server;
  private final List<String> models;
  private final String metric;
  private final Duration interval;

  /// What was found last; an answer that did not come empties it.
  private volatile List<Finding> found = List.of();

  /// @param accuracy in [0, 1], as the run that made it has logged last
  record Finding(String model, int number, double accuracy) {}

  /// @param metric of the run of a version that tells its accuracy
  Outside(Optional<MlflowServer> server, List<String> models, String metric, Duration interval) {
    this.server = server;
    this.models = List.copyOf(models);
    this.metric = metric;
    this.interval = interval;
  }

  @Override
  public String name() {
    return "ml outside";
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public List<Signal> collect(Instant now) throws InterruptedException {
    if (server.isEmpty()) {
      return List.of();
    }
    double up = 1;
    var next = new ArrayList<Finding>();
    for (String model : models) {
      try {
        look(server.get(), model).ifPresent(next::add);
      } catch (MlflowServer.Failure _) {
        up = 0;
      }
    }
    found = List.copyOf(next);
    return List.of(new Signal(MlNodes.REGISTRY, UP, up, now, name()));
  }

  private Optional<Finding> look(MlflowServer one, String model)
      throws MlflowServer.Failure, InterruptedException {
    var production = production(one, model);
    if (production.isEmpty() || production.get().runId().isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble accuracy = one.metric(production.get().runId(), metric);
    return accuracy.isPresent()
        ? Optional.of(new Finding(model, production.get().number(), accuracy.getAsDouble()))
        : Optional.empty();
  }

  private static Optional<MlflowServer.Told> production(MlflowServer one, String model)
      throws MlflowServer.Failure, InterruptedException {
    return one.versions(model).stream()
        .filter(v -> v.stage() == Stage.PRODUCTION)
        .reduce((_, b) -> b);
  }

  Optional<Finding> worst() {
    return found.stream().min(Comparator.comparingDouble(Finding::accuracy));
  }

  /// Puts the newest archived version that was never rolled back in its place.
  ///
  /// @return what undoing needs to know
  String rollback(Finding bad) throws Refused, InterruptedException {
    try {
      MlflowServer one = server.orElseThrow();
      var before =
          one.versions(bad.model()).stream()
              .filter(v -> v.stage() == Stage.ARCHIVED && v.number() != bad.number())
              .filter(v -> !v.tags().containsKey(Tags.ROLLED_BACK))
              .reduce((_, b) -> b);
      if (before.isEmpty()) {
        throw Refused.missing("an archived version of " + bad.model() + " to go back to");
      }
      one.tag(bad.model(), bad.number(), Tags.ROLLED_BACK, "true");
      one.move(bad.model(), before.get().number(), Stage.PRODUCTION);
      return MARK + bad.model() + " " + bad.number();
    } catch (MlflowServer.Failure e) {
      throw refused(e);
    }
  }

  /// @param remembered what [#rollback] gave
  String restore(String remembered) throws Refused, InterruptedException {
    int space = remembered.lastIndexOf(' ');
    String model = remembered.substring(MARK.length(), space);
    int number = Integer.parseInt(remembered.substring(space + 1));
    try {
      server.orElseThrow().move(model, number, Stage.PRODUCTION);
      return model + " " + number + " is in production again";
    } catch (MlflowServer.Failure e) {
      throw refused(e);
    }
  }

  private static Refused refused(MlflowServer.Failure e) {
    return new Refused(
        e.isPassing() ? Refused.Kind.TEMPORARILY_UNAVAILABLE : Refused.Kind.INVALID_PARAMETER_VALUE,
        String.valueOf(e.getMessage()));
  }
}

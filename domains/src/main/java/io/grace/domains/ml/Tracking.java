package io.grace.domains.ml;

import io.grace.core.model.Hash;
import io.grace.domains.disk.LineLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Experiments and runs of others: what they were given and what they measured, as a fold of a log
/// that is only added to. *Thread-safe.*
public final class Tracking implements AutoCloseable {
  static final int EXPERIMENTS_MAX = 1_000;
  static final int RUNS_MAX = 10_000;

  /// Of all runs together: a log of 100 MB.
  static final int POINTS_MAX = 1_000_000;

  /// An experiment is there from the beginning, as in MLflow.
  static final String DEFAULT = "0";

  /// What runs belong to.
  record Experiment(
      String id, String name, String location, long createdMs, Map<String, String> tags) {
    Experiment {
      tags = Map.copyOf(tags);
    }
  }

  /// How a run does.
  enum Status {
    RUNNING,
    SCHEDULED,
    FINISHED,
    FAILED,
    KILLED
  }

  /// @param endedMs 0 as long as it has not ended
  record RunInfo(
      String id,
      String experiment,
      String name,
      String user,
      Status status,
      long startedMs,
      long endedMs) {
    /// What MLflow calls the root of its artifacts; GRACE keeps none.
    String artifacts() {
      return "grace:" + experiment + "/" + id;
    }
  }

  record Point(String key, double value, long timestamp, long step) {}

  record Logged(
      String run, List<Point> points, Map<String, String> params, Map<String, String> tags) {
    Logged {
      points = List.copyOf(points);
      params = Map.copyOf(params);
      tags = Map.copyOf(tags);
    }
  }

  /// A run as it is now.
  ///
  /// @param newest of each metric the value of the latest time, the greatest if there are several
  record Run(
      RunInfo info, List<Point> newest, Map<String, String> params, Map<String, String> tags) {}

  /// Exactly one of the three.
  private record Fact(
      Optional<Experiment> experiment, Optional<RunInfo> run, Optional<Logged> logged) {}

  private static final Comparator<Point> NEWER =
      Comparator.comparingLong(Point::timestamp).thenComparingDouble(Point::value);

  /// Values that others took the place of are in the log and nowhere else, since nothing asks for
  /// them.
  private static final class Kept {
    private RunInfo info;
    private final Map<String, Point> newest = new TreeMap<>();
    private final Map<String, String> params = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();

    Kept(RunInfo info) {
      this.info = info;
    }

    Run now() {
      return new Run(info, List.copyOf(newest.values()), Map.copyOf(params), Map.copyOf(tags));
    }
  }

  private final LineLog log;
  private final InstantSource clock;
  private final JsonMapper json = JsonMapper.builder().build();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<String, Experiment> experiments = new TreeMap<>();
  private final Map<String, Kept> runs = new HashMap<>();
  private long points;

  private Tracking(LineLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    experiments.put(DEFAULT, new Experiment(DEFAULT, "Default", "grace:0", 0, Map.of()));
  }

  /// @throws IOException if what was tracked cannot be read
  static Tracking open(Path file, InstantSource clock) throws IOException {
    var opened = LineLog.open(file);
    var tracking = new Tracking(opened.log(), clock);
    try {
      for (String line : opened.lines()) {
        tracking.fold(tracking.json.readValue(line, Fact.class));
      }
      return tracking;
    } catch (JacksonException e) {
      opened.log().close();
      throw new IOException(file + " holds what no GRACE wrote: " + e.getMessage(), e);
    }
  }

  Experiment create(String name, String location, Map<String, String> tags) throws Refused {
    lock.lock();
    try {
      if (experiments.values().stream().anyMatch(e -> e.name().equals(name))) {
        throw new Refused(
            Refused.Kind.RESOURCE_ALREADY_EXISTS, "Experiment '" + name + "' already exists.");
      }
      if (experiments.size() >= EXPERIMENTS_MAX) {
        throw Refused.full("at most " + EXPERIMENTS_MAX + " experiments are kept");
      }
      String id = String.valueOf(experiments.size());
      String place = location.isEmpty() ? "grace:" + id : location;
      var made = new Experiment(id, name, place, clock.millis(), tags);
      keep(new Fact(Optional.of(made), Optional.empty(), Optional.empty()));
      return made;
    } finally {
      lock.unlock();
    }
  }

  List<Experiment> experiments() {
    lock.lock();
    try {
      return List.copyOf(experiments.values());
    } finally {
      lock.unlock();
    }
  }

  Run start(String experiment, String name, String user, long startedMs, Map<String, String> tags)
      throws Refused {
    lock.lock();
    try {
      if (!experiments.containsKey(experiment)) {
        throw Refused.missing("No Experiment with id=" + experiment + " exists:");
      }
      if (runs.size() >= RUNS_MAX) {
        throw Refused.full("at most " + RUNS_MAX + " runs are kept");
      }
      // As unique as a chance one, and the same when the log is folded again.
      String id =
          Hash.sha256("run " + runs.size() + " " + experiment + " " + clock.instant())
              .value()
              .substring(0, 32);
      long began = startedMs > 0 ? startedMs : clock.millis();
      var info = new RunInfo(id, experiment, name, user, Status.RUNNING, began, 0);
      keep(new Fact(Optional.empty(), Optional.of(info), Optional.empty()));
      if (!tags.isEmpty()) {
        log(new Logged(id, List.of(), Map.of(), tags));
      }
      return run(id);
    } finally {
      lock.unlock();
    }
  }

  Run update(String id, Optional<Status> status, long endedMs, Optional<String> name)
      throws Refused {
    lock.lock();
    try {
      RunInfo old = kept(id).info;
      var next =
          new RunInfo(
              id,
              old.experiment(),
              name.orElse(old.name()),
              old.user(),
              status.orElse(old.status()),
              old.startedMs(),
              endedMs > 0 ? endedMs : old.endedMs());
      keep(new Fact(Optional.empty(), Optional.of(next), Optional.empty()));
      return run(id);
    } finally {
      lock.unlock();
    }
  }

  /// Logs all or nothing. A metric gets one value more, a tag another value; a parameter keeps its
  /// value, and to log that again is allowed.
  void log(Logged logged) throws Refused {
    lock.lock();
    try {
      Kept kept = kept(logged.run());
      for (Map.Entry<String, String> param : logged.params().entrySet()) {
        String old = kept.params.get(param.getKey());
        if (old != null && !old.equals(param.getValue())) {
          throw Refused.invalid(
              "Changing param values is not allowed. Param with key='%s' was already logged with value='%s' for run ID='%s'. Attempted logging new value '%s'."
                  .formatted(param.getKey(), old, logged.run(), param.getValue()));
        }
      }
      if (points + logged.points().size() > POINTS_MAX) {
        throw Refused.full("at most " + POINTS_MAX + " values of metrics are kept");
      }
      keep(new Fact(Optional.empty(), Optional.empty(), Optional.of(logged)));
    } finally {
      lock.unlock();
    }
  }

  Run run(String id) throws Refused {
    lock.lock();
    try {
      return kept(id).now();
    } finally {
      lock.unlock();
    }
  }

  /// Those of the experiments, in no order.
  List<Run> runs(Set<String> of) {
    lock.lock();
    try {
      return runs.values().stream()
          .filter(k -> of.contains(k.info.experiment()))
          .map(Kept::now)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private Kept kept(String id) throws Refused {
    Kept kept = runs.get(id);
    if (kept == null) {
      throw Refused.missing("Run with id=" + id);
    }
    return kept;
  }

  private void keep(Fact fact) throws Refused {
    try {
      log.append(json.writeValueAsString(fact));
    } catch (IOException e) {
      throw new Refused(
          Refused.Kind.TEMPORARILY_UNAVAILABLE, "the log was not written: " + e.getMessage());
    }
    fold(fact);
  }

  private void fold(Fact fact) {
    fact.experiment().ifPresent(e -> experiments.put(e.id(), e));
    fact.run().ifPresent(r -> runs.computeIfAbsent(r.id(), _ -> new Kept(r)).info = r);
    fact.logged()
        .ifPresent(logged -> {
          Kept kept = runs.get(logged.run());
          if (kept != null) {
            for (Point point : logged.points()) {
              kept.newest.merge(point.key(), point, (a, b) -> NEWER.compare(a, b) < 0 ? b : a);
            }
            points += logged.points().size();
            kept.params.putAll(logged.params());
            kept.tags.putAll(logged.tags());
          }
        });
  }

  @Override
  public void close() {
    lock.lock();
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }
}

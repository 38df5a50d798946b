package io.grace.runtime.foresight;

import io.grace.core.analyze.Calls;
import io.grace.core.model.Foreseen;
import io.grace.core.model.Metric;
import io.grace.core.model.MetricId;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.model.Trigger;
import io.grace.core.policy.Policy;
import io.grace.core.spi.ReportSource;
import io.grace.core.state.Snapshot;
import io.grace.intelligence.online.Form;
import io.grace.intelligence.online.Lead;
import io.grace.intelligence.online.SeriesBank;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Looks ahead, at its own pace and beside the loop: whatever it finds is a report like any other.
/// *Thread-safe.*
public final class Predictor implements ReportSource {
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  /// Series that are remembered, 6 KB each; the one heard of longest ago is forgotten first.
  private static final int MOST_SERIES = 2_000;

  /// A series that was silent for so many steps is not looked at.
  private static final int FRESH_STEPS = 4;

  /// What is silent for longer says nothing of now: five minutes.
  private static final int RECENT_STEPS = 300 / History.STEP_SECONDS;

  /// Series that are watched for anomalies, 0.4 MB each; the first that come.
  private static final int MOST_ODDITIES = 100;

  private record Series(ServiceId service, MetricId metric) {}

  private final Policy policy;
  private final Supplier<Snapshot> snapshot;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private final SeriesBank bank =
      new SeriesBank(Form.rich(new Lead.Seconds((int) Foresight.AHEAD.toSeconds())));

  /// Guarded by the lock.
  private int oddities;

  /// Guarded by the lock.
  private final Map<Series, Past> histories =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Series, Past> eldest) {
          if (size() <= MOST_SERIES) {
            return false;
          }
          eldest.getValue().forget();
          oddities -= eldest.getValue().isWatchedClosely() ? 1 : 0;
          return true;
        }
      };

  public Predictor(Policy policy, Supplier<Snapshot> snapshot) {
    this.policy = policy;
    this.snapshot = snapshot;
  }

  @Override
  public String name() {
    return "foresight";
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  /// Remembers what was measured; quick.
  ///
  /// @return what it says of the metrics that people want to have foreseen, as of the same times
  public List<Signal> take(List<Signal> signals) {
    var foreseen = new ArrayList<Signal>();
    lock.lock();
    try {
      for (Signal signal : signals) {
        if (policy.metrics().containsKey(signal.metric()) && !Foreseen.is(signal.metric())) {
          Past past =
              histories.computeIfAbsent(
                  new Series(signal.service(), signal.metric()), this::beginning);
          past.add(signal.at().getEpochSecond(), signal.value());
          foresee(signal, past).ifPresent(foreseen::add);
        }
      }
    } finally {
      lock.unlock();
    }
    return foreseen;
  }

  private Past beginning(Series series) {
    Metric metric = policy.metrics().get(series.metric());
    boolean isOfYesOrNo = metric != null && metric.unit().equals("bool");
    if (isOfYesOrNo || oddities == MOST_ODDITIES) {
      return new Past(bank, null);
    }
    oddities++;
    return new Past(bank, new Oddity((series.service() + " " + series.metric()).hashCode()));
  }

  private Optional<Signal> foresee(Signal signal, Past past) {
    MetricId ahead = Foreseen.of(signal.metric());
    Metric metric = policy.metrics().get(ahead);
    return metric == null
        ? Optional.empty()
        : Foresight.outlook(past)
            .map(o ->
                new Signal(signal.service(), ahead, o.atLeast(metric), signal.at(), "forecast"));
  }

  /// What was measured of a metric in the last hours; empty if nothing was.
  public Optional<Seen> seen(ServiceId service, MetricId metric) {
    lock.lock();
    try {
      Past past = histories.get(new Series(service, metric));
      if (past == null) {
        return Optional.empty();
      }
      List<Seen.Point> fine = past.trace().points();
      Instant from = fine.isEmpty() ? Instant.MAX : fine.getFirst().at();
      History history = past.history();
      double[] grid = history.last(History.LENGTH, 0);
      var points = new ArrayList<Seen.Point>();
      for (int i = 0; i < grid.length; i++) {
        long second = history.newestSecond() - (long) (grid.length - 1 - i) * History.STEP_SECONDS;
        Instant at = Instant.ofEpochSecond(second);
        if (at.isBefore(from)) {
          points.add(new Seen.Point(at, grid[i]));
        }
      }
      points.addAll(fine);
      return Optional.of(
          new Seen(points, history.isConstant() ? Optional.empty() : Foresight.course(past)));
    } finally {
      lock.unlock();
    }
  }

  /// The newest values of all that was heard of in the last minutes, as they were measured.
  public List<Recent> recent() {
    lock.lock();
    try {
      var all = new ArrayList<Recent>(histories.size());
      long newest = 0;
      for (Past past : histories.values()) {
        newest = Math.max(newest, past.history().newestSecond());
      }
      for (Map.Entry<Series, Past> e : histories.entrySet()) {
        if (e.getValue().history().isFresh(newest, RECENT_STEPS)) {
          all.add(e.getValue().trace().recent(e.getKey().service(), e.getKey().metric()));
        }
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  /// The metrics that were heard of a service.
  public List<MetricId> metrics(ServiceId service) {
    lock.lock();
    try {
      return histories.keySet().stream()
          .filter(s -> s.service().equals(service))
          .map(Series::metric)
          .sorted(Comparator.comparing(MetricId::value))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Report> collect(Instant now) {
    var found = new ArrayList<Trigger>();
    Snapshot state = snapshot.get();
    lock.lock();
    try {
      histories.forEach((series, past) -> {
        History history = past.history();
        Metric metric = policy.metrics().get(series.metric());
        if (metric != null
            && history.isFresh(now.getEpochSecond(), FRESH_STEPS)
            && !history.isConstant()) {
          Foresight.breach(series.service(), metric, past, now).ifPresent(found::add);
          Foresight.capacity(series.service(), metric, history, now).ifPresent(found::add);
          Foresight.odd(series.service(), metric, past, state.sensed(), now).ifPresent(found::add);
          Foresight.drift(series.service(), metric, history, now).ifPresent(found::add);
        }
      });
    } finally {
      lock.unlock();
    }
    found.addAll(
        Risk.all(state, Calls.together(policy.topology(), state.sensed().calls().keySet()), now));
    return found.stream().<Report>map(Report.Found::new).toList();
  }
}

package io.grace.runtime.prometheus;

import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import io.grace.runtime.config.StoreReading;
import io.grace.runtime.prometheus.StoreAnswer.Point;
import io.grace.runtime.prometheus.StoreAnswer.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals that a store is asked for, a handful at a time, so that many of them spread over their
/// step. *Thread-safe.*
///
/// A series that is not in the answer gives no signal; the service then falls silent here, and what
/// is stale is unknown. A store itself looks back five minutes, unless it was told that a series
/// ended.
final class StoreSignals implements TelemetrySource {
  private static final Logger LOG = LoggerFactory.getLogger(StoreSignals.class);

  private static final int LONGEST_SOURCE = 300;

  /// Names of services that a store made up, or that nobody declared.
  private final LongAdder strangers = new LongAdder();

  private record Wanted(StoreReading.Signal signal, String source) {}

  private final String name;
  private final StoreReading store;
  private final Duration step;
  private final StoreApi api;
  private final Set<ServiceId> declared;

  /// By query, so that one answer serves all that want it.
  private final Map<String, List<Wanted>> questions = new LinkedHashMap<>();

  /// Those whose last answer was refused, so that only a change is logged. Written by one round at
  /// a time.
  private final Set<String> wrong = new HashSet<>();

  /// Whether the history was asked for. Written by one round at a time.
  private volatile boolean isFilled;

  /// @param signals with the same step
  StoreSignals(
      String name,
      StoreReading store,
      List<StoreReading.Signal> signals,
      StoreApi api,
      Set<ServiceId> declared) {
    this.name = name;
    this.store = store;
    this.step = signals.getFirst().step();
    this.api = api;
    this.declared = Set.copyOf(declared);
    for (StoreReading.Signal signal : signals) {
      String source = "promql " + store.id() + ": " + signal.query();
      questions
          .computeIfAbsent(signal.query(), _ -> new ArrayList<>())
          .add(
              new Wanted(
                  signal,
                  source.length() > LONGEST_SOURCE
                      ? source.substring(0, LONGEST_SOURCE - 1) + "…"
                      : source));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration interval() {
    return step;
  }

  @Override
  public List<Signal> collect(Instant now) throws InterruptedException {
    var signals = new ArrayList<Signal>();
    boolean fill = !isFilled && store.backfill().isPositive();
    int answered = 0;
    for (var question : questions.entrySet()) {
      try {
        if (fill) {
          Instant from = now.minus(store.backfill());
          take(api.range(question.getKey(), from, now, step), question.getValue(), signals);
        }
        take(api.instant(question.getKey(), now), question.getValue(), signals);
        answered++;
        if (wrong.remove(question.getKey())) {
          LOG.atInfo().addKeyValue("query", question.getKey()).log("a query is answered again");
        }
      } catch (StoreAnswer.Refused e) {
        answered++;
        if (wrong.add(question.getKey())) {
          LOG.atWarn()
              .addKeyValue("store", store.id())
              .addKeyValue("query", question.getKey())
              .addKeyValue("reason", e.getMessage())
              .log("a query is refused");
        }
      } catch (StoreApi.Unavailable e) {
        if (answered == 0) {
          throw new IllegalStateException(e.getMessage(), e);
        }
        break; // What was answered counts; the rest waits for the next round.
      }
    }
    isFilled |= answered == questions.size();
    return signals;
  }

  /// Series of services that were left out.
  long strangers() {
    return strangers.sum();
  }

  private void take(StoreAnswer answer, List<Wanted> wanted, List<Signal> signals) {
    for (Wanted one : wanted) {
      String source = answer.isPartial() ? one.source() + " (partial)" : one.source();
      for (Row row : answer.rows()) {
        service(one.signal(), row)
            .ifPresent(service -> {
              for (Point point : row.points()) {
                double value = point.value() * one.signal().scale();
                if (Double.isFinite(value)) {
                  signals.add(
                      new Signal(
                          service, one.signal().metric(), value, time(point.seconds()), source));
                }
              }
            });
      }
    }
  }

  private Optional<ServiceId> service(StoreReading.Signal signal, Row row) {
    if (signal.service().isPresent()) {
      return signal.service();
    }
    try {
      var service = new ServiceId(row.labels().getOrDefault(signal.serviceLabel(), ""));
      if (store.anyService() || declared.contains(service)) {
        return Optional.of(service);
      }
    } catch (IllegalArgumentException _) {
      // No name of a service: counted with the strangers.
    }
    strangers.increment();
    return Optional.empty();
  }

  private static Instant time(double seconds) {
    return Instant.EPOCH.plus((long) (seconds * 1e6), ChronoUnit.MICROS);
  }
}

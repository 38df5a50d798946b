package io.grace.runtime.prometheus;

import io.grace.core.model.Alert;
import io.grace.core.model.Hash;
import io.grace.core.model.Report;
import io.grace.core.model.Severity;
import io.grace.core.model.SloReading;
import io.grace.core.model.SloReading.Alarm;
import io.grace.core.model.SourceId;
import io.grace.core.spi.ReportSource;
import io.grace.runtime.config.SloConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReentrantLock;

/// Asks how an objective stands, and rings when its budget burns. *Thread-safe.*
final class SloReader implements ReportSource {
  static final SourceId SOURCE = new SourceId("slo");

  /// A window of thirty days changes little in a minute: each is asked again after this part of it.
  private static final int PARTS = 240;

  private record Known(OptionalDouble ratio, Instant at) {}

  private final SloConfig slo;
  private final StoreApi api;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private final Map<Duration, Known> known = new HashMap<>();

  SloReader(SloConfig slo, StoreApi api) {
    this.slo = slo;
    this.api = api;
  }

  @Override
  public String name() {
    return "slo " + slo.id();
  }

  @Override
  public Duration interval() {
    return slo.interval();
  }

  @Override
  public List<Report> collect(Instant now) throws InterruptedException {
    var ratios = new HashMap<Duration, Double>();
    try {
      for (Duration window : BurnRates.windows(slo)) {
        ratio(window, now).ifPresent(ratio -> ratios.put(window, ratio));
      }
    } catch (StoreApi.Unavailable | StoreAnswer.Refused e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    SloReading reading = BurnRates.reading(slo, ratios, now.truncatedTo(ChronoUnit.MICROS));
    return List.of(new Report.Slo(reading), alert(reading));
  }

  private OptionalDouble ratio(Duration window, Instant now)
      throws StoreApi.Unavailable, StoreAnswer.Refused, InterruptedException {
    lock.lock();
    try {
      var last = known.get(window);
      if (last != null && now.isBefore(last.at().plus(window.dividedBy(PARTS)))) {
        return last.ratio();
      }
    } finally {
      lock.unlock();
    }
    double total = sum(slo.total(), window, now);
    double errors = total > 0 ? sum(slo.errors(), window, now) : 0;
    OptionalDouble ratio =
        total > 0
            ? OptionalDouble.of(Math.clamp(errors / total, 0.0, 1.0))
            : OptionalDouble.empty();
    lock.lock();
    try {
      known.put(window, new Known(ratio, now));
    } finally {
      lock.unlock();
    }
    return ratio;
  }

  /// No series is no event.
  private double sum(String query, Duration window, Instant now)
      throws StoreApi.Unavailable, StoreAnswer.Refused, InterruptedException {
    String asked = query.replace(SloConfig.WINDOW, window.toSeconds() + "s");
    return api.instant(asked, now).rows().stream()
        .flatMap(row -> row.points().stream())
        .mapToDouble(StoreAnswer.Point::value)
        .filter(Double::isFinite)
        .sum();
  }

  private Report alert(SloReading reading) {
    Hash fingerprint = Hash.sha256(SOURCE + "\n" + slo.id());
    if (reading.alarm() == Alarm.NONE) {
      return new Report.Ended(fingerprint);
    }
    return new Report.Firing(
        new Alert(
            fingerprint,
            fingerprint,
            SOURCE,
            "slo-" + slo.id() + "-burns",
            slo.service(),
            reading.alarm() == Alarm.PAGE ? Severity.HIGH : Severity.LOW,
            Optional.empty(),
            Map.of("slo", slo.id().value()),
            reading.reason(),
            reading.at(),
            Optional.empty()));
  }
}

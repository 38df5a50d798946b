package io.grace.runtime.telemetry;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.monitor.Readings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The newest samples of every series, in bounded memory; older ones are overwritten. *Owned by the
/// loop thread.*
public final class Ring implements Readings {
  /// Ten minutes at a sample a second, more than any rule looks back on raw samples.
  public static final int SAMPLES_MAX = 600;

  /// At full length 1 GB; most series stay far shorter.
  public static final int SERIES_MAX = 100_000;

  /// More than clocks of well-kept machines differ. A stamp from the future would make every later
  /// sample look late.
  private static final Duration FUTURE_MAX = Duration.ofSeconds(30);

  private static final int FIRST_LENGTH = 16;

  /// How many samples were not taken, by reason.
  ///
  /// @param late older than the newest of their series
  /// @param future stamped too far ahead of the clock
  /// @param series of a new series when there was no room for one
  public record Refused(long late, long future, long series) {}

  private static final class Series {
    private long[] atMicros;
    private double[] values;
    private int next;
    private int size;

    Series(int length) {
      atMicros = new long[length];
      values = new double[length];
    }
  }

  private final int samplesMax;
  private final int seriesMax;
  private final InstantSource clock;

  // Mutable, owned by the loop thread.
  private final Map<ServiceId, Map<MetricId, Series>> services = new HashMap<>();
  private int seriesCount;
  private long late;
  private long future;
  private long refusedSeries;

  public Ring(InstantSource clock) {
    this(SAMPLES_MAX, SERIES_MAX, clock);
  }

  /// @param samplesMax of each series, at least 1
  /// @param seriesMax at least 1
  public Ring(int samplesMax, int seriesMax, InstantSource clock) {
    if (samplesMax < 1 || seriesMax < 1) {
      throw new IllegalArgumentException(
          "samples and series must be at least 1: " + samplesMax + ", " + seriesMax);
    }
    this.samplesMax = samplesMax;
    this.seriesMax = seriesMax;
    this.clock = clock;
  }

  /// Takes a sample, unless it is late, from the future, or of one series too many.
  public boolean add(Signal signal) {
    if (signal.at().isAfter(clock.instant().plus(FUTURE_MAX))) {
      future++;
      return false;
    }
    var metrics = services.get(signal.service());
    var series = metrics == null ? null : metrics.get(signal.metric());
    if (series == null) {
      if (seriesCount >= seriesMax) {
        refusedSeries++;
        return false;
      }
      series = new Series(Math.min(FIRST_LENGTH, samplesMax));
      services.computeIfAbsent(signal.service(), _ -> new HashMap<>()).put(signal.metric(), series);
      seriesCount++;
    }
    long at = micros(signal.at());
    if (series.size > 0 && at < newestAt(series)) {
      late++;
      return false;
    }
    put(series, at, signal.value());
    return true;
  }

  @Override
  public List<Reading> newest(ServiceId service, MetricId metric, Instant since, int limit) {
    var series = services.getOrDefault(service, Map.of()).get(metric);
    if (series == null) {
      return List.of();
    }
    long oldest = micros(since);
    var found = new ArrayList<Reading>();
    for (int age = 0; age < series.size && found.size() < limit; age++) {
      int index = Math.floorMod(series.next - 1 - age, series.values.length);
      if (series.atMicros[index] < oldest) {
        break;
      }
      found.add(new Reading(series.values[index], instant(series.atMicros[index])));
    }
    return List.copyOf(found);
  }

  @Override
  public Set<MetricId> metrics(ServiceId service) {
    return Set.copyOf(services.getOrDefault(service, Map.of()).keySet());
  }

  @Override
  public Optional<Instant> lastHeard(ServiceId service) {
    return services.getOrDefault(service, Map.of()).values().stream()
        .map(Ring::newestAt)
        .max(Long::compare)
        .map(Ring::instant);
  }

  public Refused refused() {
    return new Refused(late, future, refusedSeries);
  }

  private void put(Series series, long at, double value) {
    int length = series.values.length;
    if (series.size == length && length < samplesMax) {
      // Only a ring of the final length wraps, so the order is still that of the array.
      int longer = Math.min(samplesMax, length * 2);
      series.atMicros = Arrays.copyOf(series.atMicros, longer);
      series.values = Arrays.copyOf(series.values, longer);
      series.next = length;
    }
    series.atMicros[series.next] = at;
    series.values[series.next] = value;
    series.next = (series.next + 1) % series.values.length;
    series.size = Math.min(series.values.length, series.size + 1);
  }

  private static long newestAt(Series series) {
    return series.atMicros[Math.floorMod(series.next - 1, series.values.length)];
  }

  private static long micros(Instant at) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    } catch (ArithmeticException _) {
      return at.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}

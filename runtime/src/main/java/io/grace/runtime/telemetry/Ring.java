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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /// The series of a service: few, so that looking through them beats hashing.
  private static final class Metrics {
    private MetricId[] ids = {};
    private Series[] series = {};
    private Set<MetricId> known = Set.of();

    @Nullable Series find(MetricId metric) {
      for (int i = 0; i < ids.length; i++) {
        if (ids[i].equals(metric)) {
          return series[i];
        }
      }
      return null;
    }

    void add(MetricId metric, Series one) {
      ids = Arrays.copyOf(ids, ids.length + 1);
      series = Arrays.copyOf(series, ids.length);
      ids[ids.length - 1] = metric;
      series[ids.length - 1] = one;
      known = Set.of(ids);
    }
  }

  /// Time and value of a sample lie side by side, so that both come with one access to memory.
  private static final class Series {
    private long[] samples;
    private String origin = "";
    private int next;
    private int size;

    Series(int length) {
      samples = new long[2 * length];
    }

    int length() {
      return samples.length / 2;
    }

    /// Where the sample lies that is so many older than the newest.
    int index(int age) {
      int index = next - 1 - age;
      return index < 0 ? index + length() : index;
    }

    long atMicros(int index) {
      return samples[2 * index];
    }

    double value(int index) {
      return Double.longBitsToDouble(samples[2 * index + 1]);
    }

    long newestAt() {
      return atMicros(index(0));
    }

    void put(long at, double value, int samplesMax) {
      int length = length();
      if (size == length && length < samplesMax) {
        // Only a ring of the final length wraps, so the order is still that of the array.
        samples = Arrays.copyOf(samples, 2 * Math.min(samplesMax, length * 2));
        next = length;
        length = length();
      }
      samples[2 * next] = at;
      samples[2 * next + 1] = Double.doubleToRawLongBits(value);
      next = next + 1 == length ? 0 : next + 1;
      size = Math.min(length, size + 1);
    }
  }

  private final int samplesMax;
  private final int seriesMax;
  private final InstantSource clock;

  // Mutable, owned by the loop thread.
  private final Map<ServiceId, Metrics> services = new HashMap<>();
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
    var series = series(signal.service(), signal.metric());
    if (series == null) {
      if (seriesCount >= seriesMax) {
        refusedSeries++;
        return false;
      }
      series = new Series(Math.min(FIRST_LENGTH, samplesMax));
      services.computeIfAbsent(signal.service(), _ -> new Metrics()).add(signal.metric(), series);
      seriesCount++;
    }
    long at = micros(signal.at());
    if (series.size > 0 && at < series.newestAt()) {
      late++;
      return false;
    }
    series.put(at, signal.value(), samplesMax);
    series.origin = signal.source();
    return true;
  }

  private @Nullable Series series(ServiceId service, MetricId metric) {
    var metrics = services.get(service);
    return metrics == null ? null : metrics.find(metric);
  }

  @Override
  public List<Reading> newest(ServiceId service, MetricId metric, Instant since, int limit) {
    var series = series(service, metric);
    if (series == null) {
      return List.of();
    }
    long oldest = micros(since);
    var found = new ArrayList<Reading>(Math.min(limit, series.size));
    for (int age = 0; age < series.size && found.size() < limit; age++) {
      int index = series.index(age);
      if (series.atMicros(index) < oldest) {
        break;
      }
      found.add(new Reading(series.value(index), instant(series.atMicros(index))));
    }
    return Collections.unmodifiableList(found);
  }

  @Override
  public int newest(ServiceId service, MetricId metric, Instant since, double[] values) {
    var series = series(service, metric);
    if (series == null) {
      return 0;
    }
    long oldest = micros(since);
    int count = Math.min(series.size, values.length);
    for (int age = 0; age < count; age++) {
      int index = series.index(age);
      if (series.atMicros(index) < oldest) {
        return age;
      }
      values[age] = series.value(index);
    }
    return count;
  }

  @Override
  public String origin(ServiceId service, MetricId metric) {
    var series = series(service, metric);
    return series == null ? "" : series.origin;
  }

  @Override
  public Set<MetricId> metrics(ServiceId service) {
    var metrics = services.get(service);
    return metrics == null ? Set.of() : metrics.known;
  }

  @Override
  public Optional<Instant> lastHeard(ServiceId service) {
    var metrics = services.get(service);
    return metrics == null
        ? Optional.empty()
        : Arrays.stream(metrics.series).map(Series::newestAt).max(Long::compare).map(Ring::instant);
  }

  public Refused refused() {
    return new Refused(late, future, refusedSeries);
  }

  private static long micros(Instant at) {
    try {
      return Math.addExact(
          Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    } catch (ArithmeticException _) {
      return at.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}

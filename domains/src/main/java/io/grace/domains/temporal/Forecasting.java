package io.grace.domains.temporal;

import io.grace.domains.disk.WholeFile;
import io.grace.domains.series.Recorded;
import io.grace.domains.series.SeriesId;
import io.grace.domains.series.SeriesSource;
import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import io.grace.intelligence.forecast.Accuracy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forecasts every watched series at each step, and scores each forecast when its time has come.
/// *Thread-safe.*
public final class Forecasting {
  private static final Logger LOG = LoggerFactory.getLogger(Forecasting.class);

  /// Steps that are made up for after a pause; older ones are passed over.
  private static final int AT_ONCE = 64;

  /// The last values are kept from a candidate, which is judged on them.
  private static final double JUDGED = 0.25;

  /// By how much a new model must be better than the one before.
  private static final double MARGIN = 0.02;

  private final List<SeriesId> ids;
  private final SeriesSource source;
  private final int lags;
  private final int horizon;
  private final int length;
  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<SeriesId, Track> tracks = new TreeMap<>();
  private long made;

  Forecasting(List<SeriesId> ids, SeriesSource source, int lags, int horizon, int length, Path file)
      throws IOException {
    this.ids = List.copyOf(ids);
    this.source = source;
    this.lags = lags;
    this.horizon = horizon;
    this.length = length;
    this.file = file;
    if (Files.exists(file)) {
      restore();
    }
  }

  /// Forecasters that are torn are none, and so the loop has them fitted anew.
  private void restore() throws IOException {
    try {
      read(WholeFile.read(file)).forEach((id, model) -> tracks.put(id, new Track(model)));
    } catch (WholeFile.Torn e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the forecasters are lost");
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds no forecasters: " + e.getMessage(), e);
    }
  }

  private static Map<SeriesId, LagModel> read(byte[] bytes) {
    Unpacking in = LagModel.unpacking(bytes);
    var models = new TreeMap<SeriesId, LagModel>();
    for (int i = in.integer(); i > 0; i--) {
      models.put(SeriesId.parse(in.text()), LagModel.from(in));
    }
    in.end();
    return models;
  }

  /// Forecasts what was not forecast yet, and scores what has come.
  void look() {
    lock.lock();
    try {
      for (Map.Entry<SeriesId, Track> e : tracks.entrySet()) {
        source
            .newest(e.getKey(), AT_ONCE + horizon + lags)
            .ifPresent(recorded -> made += e.getValue().look(recorded, horizon));
      }
    } finally {
      lock.unlock();
    }
  }

  /// What a series will be.
  ///
  /// @return empty if nothing forecasts it or too little is known
  public Optional<double[]> forecast(SeriesId id) {
    lock.lock();
    try {
      Track track = tracks.get(id);
      Optional<Recorded> known = source.newest(id, lags);
      if (track == null || known.isEmpty() || known.get().values().length < track.model().lags()) {
        return Optional.empty();
      }
      made++;
      double[] values = known.get().values();
      return Optional.of(track.model().forecast(values, values.length, horizon));
    } finally {
      lock.unlock();
    }
  }

  /// The least of all series: naive's share of both errors, 1 is perfect and 0.5 no better than
  /// naive.
  OptionalDouble accuracy() {
    lock.lock();
    try {
      return tracks.values().stream().flatMapToDouble(track -> track.accuracy().stream()).min();
    } finally {
      lock.unlock();
    }
  }

  long made() {
    lock.lock();
    try {
      return made;
    } finally {
      lock.unlock();
    }
  }

  /// Whether a series could be forecast and is not.
  boolean isWanting() {
    lock.lock();
    try {
      return ids.stream()
          .filter(id -> !tracks.containsKey(id))
          .anyMatch(id -> source.newest(id, length).filter(this::isEnough).isPresent());
    } finally {
      lock.unlock();
    }
  }

  private boolean isEnough(Recorded recorded) {
    return recorded.values().length >= Math.max(length / 2, 4 * (lags + horizon));
  }

  /// Fits every series anew, and takes what is better on values that neither has seen.
  ///
  /// @return what was taken, a few words each
  List<String> retrain() throws IOException {
    lock.lock();
    try {
      var told = new ArrayList<String>();
      var next = new HashMap<SeriesId, LagModel>();
      for (SeriesId id : ids) {
        Optional<Recorded> data = source.newest(id, length).filter(this::isEnough);
        if (data.isPresent()) {
          better(id, data.get(), next).ifPresent(told::add);
        }
      }
      if (!next.isEmpty()) {
        var all = new TreeMap<SeriesId, LagModel>();
        tracks.forEach((id, track) -> all.put(id, track.model()));
        all.putAll(next);
        WholeFile.write(file, packed(all));
        next.forEach(this::begin);
      }
      return told;
    } finally {
      lock.unlock();
    }
  }

  private void begin(SeriesId id, LagModel model) {
    Track track = tracks.get(id);
    if (track == null) {
      tracks.put(id, new Track(model));
    } else {
      track.begin(model);
    }
  }

  private Optional<String> better(SeriesId id, Recorded data, Map<SeriesId, LagModel> into) {
    double[] values = data.values();
    int learnt = values.length - (int) Math.max(2.0 * horizon, JUDGED * values.length);
    LagModel candidate =
        LagModel.fit(Arrays.copyOf(values, learnt), lags, data.secondOf(learnt - 1));
    double error = error(candidate, values, learnt);
    Track now = tracks.get(id);
    double before = now == null ? Double.POSITIVE_INFINITY : error(now.model(), values, learnt);
    if (!(error < (1 - MARGIN) * before)) {
      return Optional.empty();
    }
    into.put(id, candidate);
    return Optional.of(
        now == null
            ? "%s: error %.4g, the first".formatted(id, error)
            : "%s: error %.4g instead of %.4g".formatted(id, error, before));
  }

  private double error(LagModel model, double[] values, int from) {
    double sum = 0;
    int count = 0;
    for (int known = Math.max(from, model.lags()); known + horizon <= values.length; known++) {
      double[] came = Arrays.copyOfRange(values, known, known + horizon);
      sum += Accuracy.mae(came, model.forecast(values, known, horizon));
      count++;
    }
    return count == 0 ? Double.POSITIVE_INFINITY : sum / count;
  }

  private static byte[] packed(Map<SeriesId, LagModel> models) {
    Packing out = LagModel.packing();
    out.integer(models.size());
    models.forEach((id, model) -> {
      out.text(id.toString());
      model.into(out);
    });
    return out.sealed();
  }

  /// The models as they are, to be given to [#putBack(byte[])].
  byte[] toBytes() {
    lock.lock();
    try {
      var all = new TreeMap<SeriesId, LagModel>();
      tracks.forEach((id, track) -> all.put(id, track.model()));
      return packed(all);
    } finally {
      lock.unlock();
    }
  }

  void putBack(byte[] bytes) throws IOException {
    lock.lock();
    try {
      Map<SeriesId, LagModel> models = read(bytes);
      WholeFile.write(file, packed(models));
      tracks.keySet().retainAll(models.keySet());
      models.forEach(this::begin);
    } finally {
      lock.unlock();
    }
  }
}

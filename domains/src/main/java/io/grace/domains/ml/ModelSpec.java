package io.grace.domains.ml;

import io.grace.domains.series.SeriesId;
import io.grace.intelligence.neural.TrainingPlan;
import io.grace.intelligence.neural.Window;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A model that GRACE keeps for itself: the forecast of one series by a small network. *Immutable.*
///
/// @param series what it forecasts, as `SERVICE/METRIC`
/// @param context steps that it reads before the origin
/// @param horizon steps ahead
/// @param season steps of a cycle, 1 if there is none
/// @param hidden cells of the network
/// @param epochs at most
/// @param length values that it learns from and is judged on, at most
public record ModelSpec(
    String name,
    String series,
    int context,
    int horizon,
    int season,
    int hidden,
    int epochs,
    int length) {
  /// What made a version of this form, for its lineage.
  static final String CODE = "io.grace.intelligence.neural/1";

  /// Windows drawn in an epoch: a second on one thread for the largest network that fits settings.
  private static final int WINDOWS = 400;

  private static final int BATCH = 16;
  private static final double RATE = 0.02;

  public SeriesId id() {
    return SeriesId.parse(series);
  }

  Window window() {
    return new Window(context, horizon, List.of(season), 0);
  }

  /// Values at the end that training never sees: candidates are judged on them.
  int judged() {
    return Math.max(4 * horizon, length / 6);
  }

  /// Values before those that decide when training stops.
  int stopping() {
    return Math.max(2 * horizon, length / 8);
  }

  /// Fewer values are not enough to learn from.
  int least() {
    return Math.max(length / 2, window().history() + horizon + stopping() + judged() + horizon);
  }

  TrainingPlan plan(long seed) {
    return new TrainingPlan(
        window(),
        List.of(0.1, 0.5, 0.9),
        hidden,
        epochs,
        epochs,
        WINDOWS,
        BATCH,
        RATE,
        stopping(),
        seed);
  }

  Map<String, String> params(long seed) {
    return new TreeMap<>(
        Map.of(
            "series", series,
            "context", String.valueOf(context),
            "horizon", String.valueOf(horizon),
            "season", String.valueOf(season),
            "hidden", String.valueOf(hidden),
            "epochs", String.valueOf(epochs),
            "seed", String.valueOf(seed)));
  }
}

package io.grace.intelligence.cause;

import java.util.Locale;

/// Which metric tells that a service is the cause, and how that is said in one sentence.
final class Telling {
  /// A stock that rose by so many standard deviations, which are a third of what such services hold
  /// at least, fills, whatever the use does: work fills nothing by itself, while filling is work.
  private static final double FILLS = 6;

  private Telling() {}

  /// The metric that tells most: a stock that fills, else what stays strongest when its parents are
  /// taken into account.
  ///
  /// @return index of a track, -1 if none of the service deviates
  static int track(
      Scene scene,
      CausalGraph graph,
      Deviations deviations,
      Explanation[] explanations,
      int service) {
    int best = -1;
    double most = 0;
    boolean bestFills = false;
    for (int t : graph.tracksOf(service)) {
      Deviation deviation = deviations.of(t);
      double left = explanations[t].left();
      boolean fills =
          deviation.kind() == MetricKind.STOCK && !deviation.isSilent() && left >= FILLS;
      double strength =
          deviation.explained(left).strength()
              + (deviation.kind() == MetricKind.TRAFFIC ? -TRAFFIC_TELLS_LESS : 0);
      boolean isBetter = fills == bestFills ? strength > most || best < 0 : fills;
      if (deviation.size() > 0 && isBetter) {
        best = t;
        most = strength;
        bestFills = fills;
      }
    }
    return best;
  }

  private static final double TRAFFIC_TELLS_LESS = 3;

  static Deviation nothing(int service) {
    return new Deviation(
        -1, service, MetricKind.OTHER, 0, 0, 0, 0, Double.NaN, Double.NaN, 0, false);
  }

  static double sinceChange(Scene scene, int service, Deviation deviation, double changed) {
    double onset = Double.isNaN(deviation.onset()) ? scene.noticed() : deviation.onset();
    double best = Double.NaN;
    for (Change change : scene.changes()) {
      if (change.service() == service && changed > 0) {
        double since = onset - change.at();
        best = Double.isNaN(best) || Math.abs(since) < Math.abs(best) ? since : best;
      }
    }
    return best;
  }

  static String sentence(
      Scene scene, int service, int track, Deviation deviation, double share, double since) {
    StringBuilder text = new StringBuilder(scene.services().get(service));
    if (track < 0) {
      text.append(" shows nothing unusual");
    } else if (deviation.isSilent()) {
      text.append(": ").append(scene.tracks().get(track).name()).append(" is measured no more");
      text.append(when(scene, deviation));
    } else {
      text.append(
          String.format(
              Locale.ROOT,
              ": %s went from %.4g to %.4g, %.1f standard deviations",
              scene.tracks().get(track).name(),
              deviation.from(),
              deviation.to(),
              deviation.size()));
      text.append(when(scene, deviation));
    }
    if (share >= 0.005) {
      text.append(
          String.format(
              Locale.ROOT, "; it explains %.0f %% of what is wrong%s", 100 * share, whom(scene)));
    }
    if (!Double.isNaN(since)) {
      text.append(String.format(Locale.ROOT, "; it was changed %.0f s before", since));
    }
    return text.append('.').toString();
  }

  private static String when(Scene scene, Deviation deviation) {
    double early = scene.noticed() - deviation.onset();
    return early >= 0
        ? String.format(Locale.ROOT, ", since %.0f s before it was noticed", early)
        : String.format(Locale.ROOT, ", since %.0f s after it was noticed", -early);
  }

  private static String whom(Scene scene) {
    if (scene.sick().size() != 1) {
      return "";
    }
    return " with " + scene.services().get(scene.sick().iterator().next());
  }
}

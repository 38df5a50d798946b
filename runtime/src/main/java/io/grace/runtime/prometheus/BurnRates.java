package io.grace.runtime.prometheus;

import io.grace.core.model.SloReading;
import io.grace.core.model.SloReading.Alarm;
import io.grace.core.model.SloReading.Burn;
import io.grace.runtime.config.SloConfig;
import io.grace.runtime.config.SloConfig.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Multi-window, multi-burn-rate alarms (Beyer et al., *The Site Reliability Workbook*, 2018, ch.
/// 5, § 6). A rule holds if the budget burns at least so fast in its long window and in its short
/// one; the most urgent rule that holds counts.
final class BurnRates {
  private BurnRates() {}

  /// All windows that are needed.
  static TreeSet<Duration> windows(SloConfig slo) {
    var windows = new TreeSet<Duration>();
    windows.add(slo.window());
    for (Rule rule : slo.rules()) {
      windows.add(rule.longWindow());
      windows.add(rule.shortWindow());
    }
    return windows;
  }

  /// @param ratios the share of bad events in each window; a window without events is absent and
  ///   burns nothing
  static SloReading reading(SloConfig slo, Map<Duration, Double> ratios, Instant at) {
    double allowed = 1 - slo.objective();
    Optional<Rule> worst =
        slo.rules().stream()
            .filter(r ->
                reaches(burn(ratios, r.longWindow(), allowed), r)
                    && reaches(burn(ratios, r.shortWindow(), allowed), r))
            .max(Comparator.comparing(Rule::alarm).thenComparingDouble(Rule::burn));
    double left = 1 - ratios.getOrDefault(slo.window(), 0.0) / allowed;
    List<Burn> burns =
        windows(slo).stream().map(w -> new Burn(shown(w), burn(ratios, w, allowed))).toList();
    String reason =
        worst
                .map(r ->
                    String.format(
                        Locale.ROOT,
                        "the budget burns %.1f times too fast over %s and %.1f times over %s",
                        burn(ratios, r.longWindow(), allowed),
                        shown(r.longWindow()),
                        burn(ratios, r.shortWindow(), allowed),
                        shown(r.shortWindow())))
                .orElse("the budget lasts")
            + String.format(Locale.ROOT, "; %.0f%% of it is left", 100 * left);
    return new SloReading(
        slo.id(),
        slo.service(),
        slo.objective(),
        left,
        burns,
        worst.map(Rule::alarm).orElse(Alarm.NONE),
        reason,
        at);
  }

  /// Up to what floating point takes away: 1 − 0.999 is not quite 0.001.
  private static boolean reaches(double burn, Rule rule) {
    return burn >= rule.burn() * (1 - 1e-9);
  }

  private static double burn(Map<Duration, Double> ratios, Duration window, double allowed) {
    return ratios.getOrDefault(window, 0.0) / allowed;
  }

  /// As PromQL writes it: `5m`, `1h`, `3d`.
  static String shown(Duration window) {
    long seconds = window.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}

package io.grace.lab.foresight;

import io.grace.intelligence.online.Form;
import io.grace.intelligence.online.Lead;
import io.grace.intelligence.online.SeriesBank;
import io.grace.lab.bench.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How good GRACE's online forecasts are at its own horizon, fifteen minutes or three rows ahead.
///
/// Every row is forecast from the rows before it alone. An error is the mean absolute one over that
/// of the naive forecast, the newest value; a constant series, where both are 0, counts as 1. An
/// interval is that given with the forecast; it holds if the actual value lies within or on it.
public final class AheadBench {
  private static final int AHEAD = 3;

  /// What an interval claims says nothing before this row.
  private static final int WARM = 30;

  private static final double MOST_MEAN = 0.90;
  private static final double MOST_ONE = 1.02;
  private static final double LEAST_HELD = 0.93;
  private static final double MOST_HELD = 0.97;

  private AheadBench() {}

  /// @param error over that of the naive forecast
  /// @param held rows whose interval held, of `rows`
  private record Score(double error, long held, long rows) {
    double share() {
      return (double) held / rows;
    }
  }

  public static void measure(Report report, boolean quick) throws Exception {
    Optional<Path> orders = PublicData.folder("bizitobs");
    if (orders.isPresent()) {
      // Without memory of what entered a moving window, nothing beats the last value here.
      table(report, "L2C.csv", ForecastSeries.orderToCash(orders.get()), false);
    } else {
      report.note(PublicData.skipped("bizitobs"));
    }
    Optional<Path> nab = PublicData.folder("nab");
    if (nab.isPresent()) {
      table(report, "nab", ForecastSeries.nab(nab.get()), true);
    } else {
      report.note(PublicData.skipped("nab"));
    }
  }

  private static void table(
      Report report, String set, List<ForecastSeries> all, boolean isLeanPromised) {
    var lean = new ArrayList<Score>();
    var rich = new ArrayList<Score>();
    report.note("%-34s %18s %18s", set + ", 3 rows ahead", "lean error  held", "rich error  held");
    for (ForecastSeries series : all) {
      Score one = score(Form.lean(new Lead.Steps(AHEAD)), series);
      Score two = score(Form.rich(new Lead.Steps(AHEAD)), series);
      lean.add(one);
      rich.add(two);
      report.note(
          "%-34.34s %11.3f %5.1f%% %11.3f %5.1f%%",
          series.name(), one.error(), 100 * one.share(), two.error(), 100 * two.share());
    }
    report.note("%-34s %11.3f %6s %11.3f", "mean", mean(lean), "", mean(rich));
    promise(report, set + ", rich", rich, true);
    promise(report, set + ", lean", lean, isLeanPromised);
  }

  private static void promise(
      Report report, String what, List<Score> scores, boolean isMeanPromised) {
    double mean = mean(scores);
    String error = "%s: error %.3f of naive's in the mean over %d series";
    if (isMeanPromised) {
      report.promise(
          mean <= MOST_MEAN, error + ", limit %.2f", what, mean, scores.size(), MOST_MEAN);
    } else {
      report.note(error + ", not promised", what, mean, scores.size());
    }
    double worst = scores.stream().mapToDouble(Score::error).max().orElseThrow();
    report.promise(worst <= MOST_ONE, "%s: error at worst %.3f, limit %.2f", what, worst, MOST_ONE);
    long held = scores.stream().mapToLong(Score::held).sum();
    long rows = scores.stream().mapToLong(Score::rows).sum();
    double share = (double) held / rows;
    report.promise(
        share >= LEAST_HELD && share <= MOST_HELD,
        "%s: 95 %% intervals held %.1f %% of %d times, wanted %.0f to %.0f %%",
        what,
        100 * share,
        rows,
        100 * LEAST_HELD,
        100 * MOST_HELD);
  }

  private static double mean(List<Score> scores) {
    return scores.stream().mapToDouble(Score::error).average().orElseThrow();
  }

  private static Score score(Form form, ForecastSeries series) {
    var bank = new SeriesBank(form);
    int slot = bank.open();
    double[] values = series.values();
    double[] low = new double[values.length];
    double[] forecast = new double[values.length];
    double[] high = new double[values.length];
    double error = 0;
    double naive = 0;
    long held = 0;
    for (int i = 0; i < values.length; i++) {
      bank.update(slot, series.seconds()[i], values[i]);
      low[i] = bank.low(slot);
      forecast[i] = bank.forecast(slot);
      high[i] = bank.high(slot);
      int then = i - AHEAD;
      if (then >= 0) {
        error += Math.abs(values[i] - forecast[then]);
        naive += Math.abs(values[i] - values[then]);
        held += then >= WARM && values[i] >= low[then] && values[i] <= high[then] ? 1 : 0;
      }
    }
    return new Score(naive == 0 ? 1 : error / naive, held, values.length - AHEAD - WARM);
  }
}

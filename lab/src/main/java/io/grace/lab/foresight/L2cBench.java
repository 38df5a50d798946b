package io.grace.lab.foresight;

import io.grace.intelligence.forecast.Forecaster;
import io.grace.intelligence.forecast.Naive;
import io.grace.intelligence.forecast.Seasons;
import io.grace.lab.bench.Report;
import io.grace.lab.foresight.Outing.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Forecasts of the business metrics of a real order-to-cash system, four hours ahead in steps of
/// five minutes, in the windows of GIFT-Eval.
///
/// The public file ends two weeks after the part that is here, so published figures are for other
/// windows: beside them the naive forecast shows how hard these are. Since 20 windows are not three
/// days and a half, the same is measured on windows spread over the second half as well.
public final class L2cBench {
  private static final int HORIZON = 48;
  private static final int DAY = 288;
  private static final Seasons DAY_AND_WEEK = new Seasons(DAY, 7 * DAY);
  private static final int WINDOWS = 20;

  /// A quarter of an hour.
  private static final int NEAR = 3;

  /// Windows that are so many steps apart meet every hour of the day and every day of the week.
  private static final int APART = 13 * HORIZON;

  private static final double MASE = 0.26;

  /// The columns that are metrics; the other two are events.
  private static final int[] COLUMNS = {1, 4, 5, 6, 7, 8, 9};

  private L2cBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    Optional<Path> folder = PublicData.folder("bizitobs");
    if (folder.isEmpty()) {
      report.note(PublicData.skipped("bizitobs"));
      return;
    }
    List<double[]> series = series(folder.get().resolve("L2C.csv"));
    int length = series.getFirst().length;
    int most = Math.min(WINDOWS, Math.ceilDiv(length, 10 * HORIZON));
    List<Outing> last = outings(series, HORIZON, quick ? 4 : most, HORIZON);
    List<Outing> spread = outings(series, HORIZON, quick ? 4 : WINDOWS, APART);
    List<Forecaster> models = Contestants.againstNaive();
    List<Score[]> lastScores = Outing.scores(last, models);
    List<Score[]> spreadScores = Outing.scores(spread, models);
    report.note("7 metrics, %d windows of %d steps; MASE (lag 288)", most, HORIZON);
    report.note("%-18s %10s %10s", "", "at the end", "spread");
    for (int m = 0; m < models.size(); m++) {
      report.note(
          "%-18s %10.3f %10.3f",
          models.get(m).name(),
          Outing.mean(lastScores, m).mase(),
          Outing.mean(spreadScores, m).mase());
    }
    Score combined = Outing.mean(lastScores, models.size());
    Score combinedSpread = Outing.mean(spreadScores, models.size());
    report.note(
        "%-18s %10.3f %10.3f   95 %% intervals hold %.1f %% and %.1f %%",
        "COMBINED",
        combined.mase(),
        combinedSpread.mase(),
        100 * combined.covered(),
        100 * combinedSpread.covered());
    report.note(
        "published at the end of the whole file: naive .283, AutoETS .272, TimesFM-2.5 .274,");
    report.note("DLinear .243, best of 120 models .189, DeepAR .613");
    near(report, series, quick ? 4 : WINDOWS);
    report.promise(
        combined.mase() <= MASE && combinedSpread.mase() <= MASE,
        "L2C 5T short MASE %.3f at the end and %.3f spread, at most %.2f",
        combined.mase(),
        combinedSpread.mase(),
        MASE);
  }

  /// GRACE acts on what will be in a quarter of an hour, where naive is hard to beat.
  private static void near(Report report, List<double[]> series, int windows) throws Exception {
    List<Outing> near = outings(series, NEAR, windows, APART);
    List<Score[]> scores = Outing.scores(near, List.of(new Naive()));
    report.note(
        "15 minutes ahead: error %.3f of naive; naive by the guard in %d of %d",
        Outing.mean(scores, 1).mase() / Outing.mean(scores, 0).mase(),
        Outing.guarded(scores),
        near.size());
  }

  private static List<Outing> outings(List<double[]> series, int horizon, int windows, int apart) {
    List<Outing> outings = new ArrayList<>();
    for (double[] values : series) {
      for (int w = windows - 1; w >= 0; w--) {
        outings.add(Outing.before(values, w * apart + horizon, horizon, DAY_AND_WEEK, DAY));
      }
    }
    return outings;
  }

  private static List<double[]> series(Path file) throws IOException {
    List<String[]> rows =
        Files.readAllLines(file).stream().skip(1).map(line -> line.split(",", -1)).toList();
    List<double[]> series = new ArrayList<>();
    for (int column : COLUMNS) {
      series.add(rows.stream().mapToDouble(row -> Double.parseDouble(row[column])).toArray());
    }
    return series;
  }
}

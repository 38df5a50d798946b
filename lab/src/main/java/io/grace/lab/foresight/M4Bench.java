package io.grace.lab.foresight;

import io.grace.intelligence.forecast.Forecaster;
import io.grace.intelligence.forecast.Seasons;
import io.grace.lab.bench.Report;
import io.grace.lab.foresight.Outing.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Forecasts of the weekly and hourly series of the M4 competition, beside what was published.
///
/// Of the hourly series only the part before the competition's test is there, so its last two days
/// are forecast, and then the two days before these; published figures are for the two days after.
public final class M4Bench {
  private static final int WEEKLY_HORIZON = 13;
  private static final int HOURLY_HORIZON = 48;
  private static final int HOURLY_ORIGINS = 2;
  private static final Seasons YEAR = Seasons.of(52);
  private static final Seasons DAY_AND_WEEK = new Seasons(24, 168);

  /// For a look, every so many series.
  private static final int QUICK = 8;

  private static final double WEEKLY_OWA = 0.78;
  private static final double HOURLY_OWA = 0.50;
  private static final double HOURLY_MSIS = 8;
  private static final double LEAST_COVERED = 0.93;
  private static final double MOST_COVERED = 0.97;

  private M4Bench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    Optional<Path> folder = PublicData.folder("m4");
    if (folder.isEmpty()) {
      report.note(PublicData.skipped("m4"));
      return;
    }
    weekly(report, folder.get(), quick ? QUICK : 1);
    hourly(report, folder.get(), quick ? QUICK : 1);
  }

  private static void weekly(Report report, Path folder, int every) throws Exception {
    List<double[]> pasts = series(folder.resolve("Weekly-train.csv"));
    List<double[]> actuals = series(folder.resolve("Weekly-test.csv"));
    List<Outing> outings = new ArrayList<>();
    for (int i = 0; i < pasts.size(); i += every) {
      outings.add(new Outing(pasts.get(i), actuals.get(i), YEAR, 1));
    }
    report.note("M4 weekly: %d series, %d weeks ahead", outings.size(), WEEKLY_HORIZON);
    // The competition sees no cycle in weekly series, so there Naive2 is naive.
    Result result = run(report, outings, Contestants.againstNaive());
    published(report, folder, 4, 4);
    report.promise(
        result.owa <= WEEKLY_OWA, "M4 weekly OWA %.3f, at most %.2f", result.owa, WEEKLY_OWA);
  }

  private static void hourly(Report report, Path folder, int every) throws Exception {
    List<double[]> all = series(folder.resolve("Hourly-train.csv"));
    List<Outing> outings = new ArrayList<>();
    for (int k = 1; k <= HOURLY_ORIGINS; k++) {
      for (int i = 0; i < all.size(); i += every) {
        outings.add(
            Outing.before(all.get(i), k * HOURLY_HORIZON, HOURLY_HORIZON, DAY_AND_WEEK, 24));
      }
    }
    report.note(
        "M4 hourly, held out of the train set: %d series at %d origins, %d hours ahead",
        outings.size() / HOURLY_ORIGINS, HOURLY_ORIGINS, HOURLY_HORIZON);
    Result result = run(report, outings, Contestants.againstNaive2());
    published(report, folder, 6, 6);
    double covered = result.combined.covered();
    report.promise(
        result.owa <= HOURLY_OWA, "M4 hourly OWA %.3f, at most %.2f", result.owa, HOURLY_OWA);
    report.promise(
        result.combined.width() <= HOURLY_MSIS,
        "M4 hourly MSIS %.2f, at most %.0f",
        result.combined.width(),
        HOURLY_MSIS);
    report.promise(
        covered >= LEAST_COVERED && covered <= MOST_COVERED,
        "M4 hourly: 95 %% intervals hold %.1f %%, wanted 93 to 97 %%",
        100 * covered);
  }

  private record Result(double owa, Score combined) {}

  /// @param models the one that the others are measured against first
  private static Result run(Report report, List<Outing> outings, List<Forecaster> models)
      throws Exception {
    List<Score[]> scores = Outing.scores(outings, models);
    Score base = Outing.mean(scores, 0);
    report.note("%-18s %8s %8s %8s %8s %9s", "", "sMAPE", "MASE", "OWA", "MSIS", "covered");
    for (int m = 0; m < models.size(); m++) {
      Score score = Outing.mean(scores, m);
      report.note(
          "%-18s %8.3f %8.3f %8.3f",
          models.get(m).name(), score.smape(), score.mase(), owa(score, base));
    }
    Score combined = Outing.mean(scores, models.size());
    double owa = owa(combined, base);
    report.note(
        "%-18s %8.3f %8.3f %8.3f %8.2f %8.1f%%   naive by the guard: %d",
        "COMBINED",
        combined.smape(),
        combined.mase(),
        owa,
        combined.width(),
        100 * combined.covered(),
        Outing.guarded(scores));
    return new Result(owa, combined);
  }

  private static double owa(Score score, Score base) {
    return (score.smape() / base.smape() + score.mase() / base.mase()) / 2;
  }

  /// The published figures of the competition's benchmarks, its winner and its best in this table.
  ///
  /// @param column of the frequency within each block of seven
  private static void published(Report report, Path folder, int point, int interval)
      throws IOException {
    List<String[]> points = rows(folder.resolve("published_point.csv"));
    List<String[]> intervals = rows(folder.resolve("published_intervals.csv"));
    String best = "";
    double least = Double.POSITIVE_INFINITY;
    for (String[] row : points) {
      double owa = Double.parseDouble(row[14 + point]);
      if (owa < least) {
        least = owa;
        best = row[0];
      }
    }
    List<String> names = new ArrayList<>(List.of("sNaive", "Theta", "118", "238"));
    if (!names.contains(best)) {
      names.add(best);
    }
    for (String name : names) {
      String[] row = points.stream().filter(r -> r[0].equals(name)).findFirst().orElseThrow();
      String width =
          intervals.stream()
              .filter(r -> r[0].equals(name))
              .map(r -> "%8.2f".formatted(Double.parseDouble(r[interval])))
              .findFirst()
              .orElse("");
      String who =
          switch (name) {
            case "118" -> "Smyl, the winner";
            case "238" -> "Doornik et al.";
            default -> name;
          };
      report.note(
          "%-18s %8.3f %8.3f %8.3f %8s   published%s",
          name.equals(best) && who.equals(name) ? "entry " + name : who,
          Double.parseDouble(row[point]),
          Double.parseDouble(row[7 + point]),
          Double.parseDouble(row[14 + point]),
          width,
          name.equals(best) ? ", the best" : "");
    }
  }

  /// The rows that have figures, without the two of the heading and the legend.
  private static List<String[]> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(2)
        .map(line -> line.split(",", -1))
        .filter(row -> row.length > 7 && !row[1].isBlank())
        .toList();
  }

  /// Ragged rows: a name, then values until the first empty cell.
  private static List<double[]> series(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(1)
        .map(line ->
            Arrays.stream(line.split(","))
                .skip(1)
                .map(cell -> cell.replace("\"", ""))
                .takeWhile(cell -> !cell.isBlank())
                .mapToDouble(Double::parseDouble)
                .toArray())
        .toList();
  }
}

package io.grace.lab.foresight;

import io.grace.intelligence.neural.LstmForecaster;
import io.grace.intelligence.neural.LstmForecaster.Forecast;
import io.grace.intelligence.neural.Series;
import io.grace.intelligence.neural.Training;
import io.grace.intelligence.neural.TrainingPlan;
import io.grace.intelligence.neural.Window;
import io.grace.lab.bench.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// One network for all 414 hourly series of the M4 competition, trained at once, against simple
/// forecasts of each by itself. The last two days of every series' training part are forecast, from
/// what comes before them alone; the two days before those say when to stop.
public final class LstmBench {
  private static final int DAY = 24;
  private static final int WEEK = 7 * DAY;
  private static final int HORIZON = 2 * DAY;
  private static final double MISSES = 0.05;
  private static final List<Double> QUANTILES = List.of(0.025, 0.1, 0.5, 0.9, 0.975);

  /// Networks that differ in their seed; their forecasts are averaged.
  private static final int NETWORKS = 4;

  private static final int THREADS = 2;
  private static final int EPOCHS = 18;
  private static final int WINDOWS = 2_000;

  private LstmBench() {}

  /// The past of a series and what it became.
  private record Split(double[] past, double[] future, Series series) {}

  public static void measure(Report report, boolean quick) throws Exception {
    var folder = PublicData.folder("m4");
    if (folder.isEmpty()) {
      report.note("%s", PublicData.skipped("m4"));
      return;
    }
    List<Split> splits = splits(folder.get().resolve("Hourly-train.csv"));
    List<Series> series = splits.stream().map(Split::series).toList();
    timeSmall(report, series);
    long start = System.nanoTime();
    List<LstmForecaster> networks =
        trained(series, quick ? THREADS : NETWORKS, quick ? EPOCHS / 3 : EPOCHS);
    report.note(
        "%d networks of 32 cells trained on %d series in %.0f s, %d at a time",
        networks.size(), series.size(), seconds(start), THREADS);
    table(report, splits, networks);
  }

  /// What a worker of GRACE would spend: the plan that is its default, on one thread.
  private static void timeSmall(Report report, List<Series> series) {
    var window = new Window(2 * DAY, HORIZON, List.of(WEEK, DAY, HORIZON), 0);
    long start = System.nanoTime();
    Training training = Training.start(TrainingPlan.small(window, HORIZON, 1), series);
    while (!training.isDone()) {
      training.epoch();
    }
    report.note(
        "32 cells, %d epochs of 2,000 windows of %d steps, one thread: %.1f s",
        training.epochs(), 2 * DAY + HORIZON, seconds(start));
  }

  private static List<LstmForecaster> trained(List<Series> series, int networks, int epochs)
      throws InterruptedException, ExecutionException {
    var window = new Window(2 * DAY, HORIZON, List.of(WEEK, DAY, HORIZON), 0);
    var trainings = new ArrayList<Callable<LstmForecaster>>();
    for (int seed = 1; seed <= networks; seed++) {
      var plan =
          new TrainingPlan(window, QUANTILES, 32, epochs, epochs, WINDOWS, 32, 0.02, HORIZON, seed);
      trainings.add(() -> {
        Training training = Training.start(plan, series);
        while (!training.isDone()) {
          training.epoch();
        }
        return training.best();
      });
    }
    // Each network is one thread's work from its own seed, so threads cannot change the result.
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      var trained = new ArrayList<LstmForecaster>();
      for (Future<LstmForecaster> network : pool.invokeAll(trainings)) {
        trained.add(network.get());
      }
      return trained;
    }
  }

  private static void table(Report report, List<Split> splits, List<LstmForecaster> networks) {
    var naive2 = new SeasonalScores();
    var daily = new SeasonalScores();
    var weekly = new SeasonalScores();
    var single = new SeasonalScores();
    var mean = new SeasonalScores();
    double width = 0;
    for (Split split : splits) {
      double[] past = split.past;
      double[] future = split.future;
      naive2.add(past, future, SeasonalScores.naive2(past, DAY, HORIZON), DAY);
      daily.add(past, future, SeasonalScores.seasonalNaive(past, DAY, HORIZON), DAY);
      weekly.add(past, future, SeasonalScores.seasonalNaive(past, WEEK, HORIZON), DAY);
      List<Forecast> forecasts = networks.stream().map(n -> n.forecast(split.series)).toList();
      single.add(past, future, forecasts.getFirst().median(), DAY);
      mean.add(past, future, at(forecasts, 0.5), DAY);
      double[] low = at(forecasts, MISSES / 2);
      double[] high = at(forecasts, 1 - MISSES / 2);
      width += SeasonalScores.msis(past, future, low, high, MISSES, DAY) / splits.size();
    }
    SeasonalScores.Mean base = naive2.mean();
    report.note("M4 Hourly, last 48 hours of the training part      sMAPE    MASE    OWA");
    row(report, "Naive2", base, base);
    row(report, "seasonal naive, a day", daily.mean(), base);
    row(report, "seasonal naive, a week", weekly.mean(), base);
    row(report, "GRACE, one network", single.mean(), base);
    row(report, "GRACE, mean of " + networks.size() + " networks", mean.mean(), base);
    report.note(
        "published OWA on the test part: Doornik .410, Smyl .440, sNaive .628, Theta 1.006");
    report.note(
        "MSIS of 95 %% intervals %.2f; published: Doornik 6.14, ARIMA 7.54, ETS 17.49", width);
    double owa = mean.mean().owa(base);
    double limit = daily.mean().owa(base);
    report.promise(owa < limit, "OWA %.3f, below seasonal naive's %.3f", owa, limit);
  }

  private static double[] at(List<Forecast> forecasts, double quantile) {
    return SeasonalScores.average(forecasts.stream().map(f -> f.at(quantile)).toList());
  }

  private static void row(
      Report report, String name, SeasonalScores.Mean scores, SeasonalScores.Mean naive2) {
    report.note(
        "  %-44s %9.3f %7.3f %6.3f", name, scores.smape(), scores.mase(), scores.owa(naive2));
  }

  private static List<Split> splits(Path file) throws IOException {
    var splits = new ArrayList<Split>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      double[] values =
          Arrays.stream(line.replace("\"", "").split(","))
              .skip(1)
              .filter(cell -> !cell.isEmpty())
              .mapToDouble(Double::parseDouble)
              .toArray();
      double[] past = Arrays.copyOf(values, values.length - HORIZON);
      double[] future = Arrays.copyOfRange(values, past.length, values.length);
      splits.add(new Split(past, future, Series.of(past)));
    }
    return splits;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}

package io.grace.lab.foresight;

import io.grace.lab.bench.Report;
import io.grace.lab.episode.EpisodeBench;

/// All that is promised of foresight, table by table, beside the published figures.
public final class ForesightBench {
  private interface Table {
    void measure(Report report, boolean quick) throws Exception;
  }

  private ForesightBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    table(report, quick, "Anomalies: Numenta Anomaly Benchmark", NabBench::measure);
    table(report, quick, "Forecasts: M4, weekly and hourly", M4Bench::measure);
    table(report, quick, "Forecasts: a small LSTM of our own on M4 hourly", LstmBench::measure);
    table(report, quick, "Forecasts: KPIs of a business process, L2C", L2cBench::measure);
    table(report, quick, "A quarter of an hour ahead, point by point", AheadBench::measure);
    table(report, quick, "Very many series", ScaleBench::measure);
    table(report, quick, "Acting before the breach, on slow faults", EpisodeBench::measure);
  }

  private static void table(Report report, boolean quick, String title, Table table)
      throws Exception {
    report.title(title);
    long began = System.nanoTime();
    table.measure(report, quick);
    report.note("took %.0f s", (System.nanoTime() - began) / 1e9);
  }
}

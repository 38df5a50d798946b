package io.grace.lab.foresight;

import io.grace.lab.bench.Report;
import io.grace.lab.episode.EpisodeBench;

/// All that is promised of foresight, table by table, beside the published figures.
public final class ForesightBench {
  private ForesightBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    report.table("Anomalies: Numenta Anomaly Benchmark", quick, NabBench::measure);
    report.table("Forecasts: M4, weekly and hourly", quick, M4Bench::measure);
    report.table("Forecasts: a small LSTM of our own on M4 hourly", quick, LstmBench::measure);
    report.table("Forecasts: KPIs of a business process, L2C", quick, L2cBench::measure);
    report.table("A quarter of an hour ahead, point by point", quick, AheadBench::measure);
    report.table("Very many series", quick, ScaleBench::measure);
    report.table("Acting before the breach, on slow faults", quick, EpisodeBench::measure);
  }
}

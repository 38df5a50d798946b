package io.grace.lab.judgement;

import io.grace.lab.bench.Report;

/// All that is promised of judgement, table by table, beside the published figures.
public final class JudgementBench {
  private interface Table {
    void measure(Report report, boolean quick) throws Exception;
  }

  private JudgementBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    table(report, quick, "Ranking: UCI Mushroom, 2,000 contexts", MushroomBench::measure);
    table(report, quick, "Ranking: a world that drifts", DriftingWorldBench::measure);
    table(report, quick, "Root cause: Sock Shop", SockShopBench::measure);
    table(report, quick, "Root cause: PetShop", PetShopBench::measure);
    table(report, quick, "Root cause: simulated fleets", FaultEpisodesBench::measure);
    table(report, quick, "Exact inference: ten networks", InferenceBench::measure);
    table(report, quick, "Causes of symptoms: noisy-or", DiagnosisBench::measure);
    table(report, quick, "Discovery and counterfactuals", CausalBench::measure);
    table(report, quick, "Patterns: alarms of a real network", AlarmBench::measure);
    table(report, quick, "Patterns: planted rules", PlantedRulesBench::measure);
    table(report, quick, "The loop: a wrong default ranking", LoopLearningBench::measure);
  }

  private static void table(Report report, boolean quick, String title, Table table)
      throws Exception {
    report.title(title);
    long began = System.nanoTime();
    table.measure(report, quick);
    report.note("took %.0f s", (System.nanoTime() - began) / 1e9);
  }
}

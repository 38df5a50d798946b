package io.grace.lab.judgement;

import io.grace.lab.bench.Report;

/// All that is promised of judgement, table by table, beside the published figures.
public final class JudgementBench {
  private JudgementBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    report.table("Ranking: UCI Mushroom, 2,000 contexts", quick, MushroomBench::measure);
    report.table("Ranking: a world that drifts", quick, DriftingWorldBench::measure);
    report.table("Root cause: Sock Shop", quick, SockShopBench::measure);
    report.table("Root cause: PetShop", quick, PetShopBench::measure);
    report.table("Root cause: simulated fleets", quick, FaultEpisodesBench::measure);
    report.table("Root cause: simulated fleets with a past", quick, PrecedentBench::measure);
    report.table("Exact inference: ten networks", quick, InferenceBench::measure);
    report.table("Causes of symptoms: noisy-or", quick, DiagnosisBench::measure);
    report.table("Discovery and counterfactuals", quick, CausalBench::measure);
    report.table("Patterns: alarms of a real network", quick, AlarmBench::measure);
    report.table("Patterns: planted rules", quick, PlantedRulesBench::measure);
    report.table("The loop: a wrong default ranking", quick, LoopLearningBench::measure);
  }
}

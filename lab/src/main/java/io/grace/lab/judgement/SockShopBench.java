package io.grace.lab.judgement;

import io.grace.intelligence.cause.Cause;
import io.grace.intelligence.cause.CauseRanker;
import io.grace.intelligence.cause.Ranking;
import io.grace.intelligence.cause.Weights;
import io.grace.lab.bench.Report;
import io.grace.lab.foresight.PublicData;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Root cause of CPU and memory hogs in Sock Shop, of service and metric, when the fault is noticed
/// at once and a minute late. Nothing is fitted on these files: weights come from simulated fleets.
/// No calls are told, for the data have none.
public final class SockShopBench {
  private static final String DATA = "rcd-sockshop";
  private static final int LATE = 60;
  private static final double SERVICE = 0.95;
  private static final double METRIC = 0.88;
  private static final double SERVICE_LATE = 0.92;
  private static final double METRIC_LATE = 0.82;

  private SockShopBench() {}

  /// @param service place of the true service
  /// @param metric place of the true metric of the true service
  /// @param blamed cases in which a service was blamed, not none or unknown
  private record Result(Placings service, Placings metric, int blamed) {}

  public static void measure(Report report, boolean quick) throws Exception {
    Optional<Path> folder = PublicData.folder(DATA);
    if (folder.isEmpty()) {
      report.note(PublicData.skipped(DATA));
      return;
    }
    List<SockShopCase> cases = SockShopCase.all(folder.get());
    report.note("%d cases; weights from simulated fleets only", cases.size());
    report.note("%-26s %8s %8s %8s %8s", "", "AC@1", "AC@3", "Avg@5", "blamed");
    Result atOnce = judge(report, cases, 0, "at once");
    Result late = judge(report, cases, LATE, "60 s late");
    report.note("published Avg@5 (service, cpu/mem): BARO .99/.99, 60 s late .98/.98; NSigma");
    report.note(".98/.99, late .15/.33; CIRCA .70/.80; RCD .63/.66");
    promise(report, atOnce, SERVICE, METRIC, "at once");
    promise(report, late, SERVICE_LATE, METRIC_LATE, "60 s late");
  }

  private static void promise(
      Report report, Result result, double service, double metric, String when) {
    report.promise(
        result.service().within(1) >= service && result.metric().within(1) >= metric,
        "Sock Shop %s: service AC@1 %.2f, at least %.2f; metric AC@1 %.2f, at least %.2f",
        when,
        result.service().within(1),
        service,
        result.metric().within(1),
        metric);
  }

  private static Result judge(Report report, List<SockShopCase> cases, int delay, String when) {
    CauseRanker ranker = new CauseRanker(Weights.standard());
    Placings service = new Placings();
    Placings metric = new Placings();
    int blamed = 0;
    for (SockShopCase one : cases) {
      Ranking ranking = ranker.rank(one.scene(delay));
      List<String> services = one.services();
      int servicePlace = -1;
      int metricPlace = -1;
      for (int place = 0; place < ranking.causes().size(); place++) {
        Cause cause = ranking.causes().get(place);
        if (services.get(cause.service()).equals(one.service())) {
          servicePlace = place;
          metricPlace = isMetric(one, cause.track()) ? place : -1;
        }
      }
      service.add(servicePlace);
      metric.add(metricPlace);
      blamed += ranking.blamed().isPresent() ? 1 : 0;
    }
    note(report, "service, " + when, service, blamed);
    note(report, "metric, " + when, metric, blamed);
    return new Result(service, metric, blamed);
  }

  private static void note(Report report, String what, Placings placings, int blamed) {
    report.note(
        "%-26s %8.2f %8.2f %8.2f %8.2f",
        what,
        placings.within(1),
        placings.within(3),
        placings.average(),
        (double) blamed / placings.cases());
  }

  /// The metric of the service itself, not of its database.
  private static boolean isMetric(SockShopCase one, int track) {
    if (track < 0) {
      return false;
    }
    String column = one.columns().get(track);
    return column.startsWith(one.service() + "_")
        && MetricNames.shows(one.fault(), SockShopCase.metricOf(column));
  }
}

package io.grace.lab.judgement;

import io.grace.intelligence.cause.CauseRanker;
import io.grace.intelligence.cause.Ranking;
import io.grace.intelligence.cause.Scene;
import io.grace.intelligence.cause.Weights;
import io.grace.lab.bench.Report;
import io.grace.lab.foresight.PublicData;
import io.grace.lab.judgement.PetShopData.Issue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Root cause of issues in PetShop, whose normal days were recorded at another time, and how often
/// a cause is named where nothing was wrong.
///
/// Nothing is fitted on these files, so every scenario is left out of what was learnt: weights come
/// from simulated fleets.
public final class PetShopBench {
  private static final String DATA = "petshop";
  private static final double MOST_BLAMED = 0.10;

  /// As long as the recording of an issue.
  private static final int WINDOW = 5;

  private PetShopBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    Optional<Path> folder = PublicData.folder(DATA);
    if (folder.isEmpty()) {
      report.note(PublicData.skipped(DATA));
      return;
    }
    CauseRanker ranker = new CauseRanker(Weights.standard());
    int periods = 0;
    int blamed = 0;
    Placings all = new Placings();
    report.note(
        "%-16s %8s %8s %8s %8s %16s", "scenario", "issues", "top-1", "top-3", "blamed", "quiet");
    for (PetShopData data : PetShopData.all(folder.get())) {
      Placings placings = new Placings();
      int named = 0;
      for (Issue issue : data.issues()) {
        Ranking ranking = ranker.rank(data.scene(issue));
        int place = place(data, issue, ranking);
        placings.add(place);
        all.add(place);
        named += ranking.blamed().isPresent() ? 1 : 0;
      }
      List<Scene> quiets = quiets(data, quick);
      int wronged = 0;
      for (Scene scene : quiets) {
        wronged += ranker.rank(scene).blamed().isPresent() ? 1 : 0;
      }
      periods += quiets.size();
      blamed += wronged;
      report.note(
          "%-16s %8d %8.2f %8.2f %8.2f %9d of %3d",
          data.name(),
          placings.cases(),
          placings.within(1),
          placings.within(3),
          (double) named / Math.max(1, placings.cases()),
          wronged,
          quiets.size());
    }
    report.note("top-1 %.2f and top-3 %.2f of %d", all.within(1), all.within(3), all.cases());
    double share = (double) blamed / Math.max(1, periods);
    report.promise(
        share <= MOST_BLAMED,
        "PetShop: a cause is named in %.3f of %d normal periods, at most %.2f",
        share,
        periods,
        MOST_BLAMED);
  }

  private static int place(PetShopData data, Issue issue, Ranking ranking) {
    for (int place = 0; place < ranking.causes().size(); place++) {
      if (data.services().get(ranking.causes().get(place).service()).equals(issue.cause())) {
        return place;
      }
    }
    return -1;
  }

  /// Every window of the second half, as if it had been noticed where issues are.
  private static List<Scene> quiets(PetShopData data, boolean quick) {
    String target = data.issues().isEmpty() ? "" : data.issues().getFirst().target();
    int rows = data.normal().times().length;
    int step = quick ? 4 * WINDOW : WINDOW;
    return java.util.stream.IntStream.iterate(rows / 2, at -> at + WINDOW < rows, at -> at + step)
        .mapToObj(at -> data.quiet(at, WINDOW, target))
        .toList();
  }
}

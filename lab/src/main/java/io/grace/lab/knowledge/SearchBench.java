package io.grace.lab.knowledge;

import io.grace.lab.bench.Report;
import io.grace.runtime.search.Query;
import io.grace.runtime.search.Query.By;
import io.grace.runtime.search.SearchIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// `grace bench search`: how good the answers are on the judged questions, by words alone, by
/// meaning alone and by both, on the half that choices were made on and on the half that was left
/// alone.
public final class SearchBench {
  private static final int ROUNDS = 50;

  private SearchBench() {}

  /// Cannot be much quicker than it is.
  public static void measure(Report report, boolean quick) throws Exception {
    var set = JudgedSet.load();
    Path directory = Files.createTempDirectory("grace-search");
    try (var index = SearchIndex.open(directory)) {
      long began = System.nanoTime();
      index.rebuild(set.passages());
      report.note(
          "%d passages, %d questions; built in %.0f ms, %d dimensions, %d KB",
          set.passages().size(),
          set.questions().size(),
          (System.nanoTime() - began) / 1e6,
          index.dimensions(),
          index.bytes() / 1024);
      half(report, index, set, false);
      half(report, index, set, true);
      speed(report, index, set, quick ? 5 : ROUNDS);
    } finally {
      remove(directory);
    }
  }

  private static void half(Report report, SearchIndex index, JudgedSet set, boolean isTest)
      throws IOException {
    List<JudgedSet.Question> questions =
        set.questions().stream().filter(q -> q.isForTest() == isTest).toList();
    var scores = new EnumMap<By, double[]>(By.class);
    for (By by : By.values()) {
      double[] each = new double[questions.size()];
      for (int i = 0; i < each.length; i++) {
        each[i] = Ndcg.of(ranking(index, questions.get(i), by), questions.get(i).grades());
      }
      scores.put(by, each);
    }
    double[] words = scores.getOrDefault(By.WORDS, new double[0]);
    report.note(
        "%s half, %d questions: nDCG@10 BM25 alone %.3f",
        isTest ? "test" : "development", questions.size(), mean(words));
    for (By by : List.of(By.MEANING, By.BOTH)) {
      double[] with = scores.getOrDefault(by, words);
      double[] interval = Ndcg.interval(with, words);
      report.note(
          "    %-7s %.3f, against BM25 %+.3f, 95 %% between %+.3f and %+.3f",
          by == By.BOTH ? "hybrid" : "vectors",
          mean(with),
          mean(with) - mean(words),
          interval[0],
          interval[1]);
      if (isTest && by == By.BOTH) {
        report.promise(
            interval[0] > 0, "hybrid is better than BM25 on questions it was not chosen on");
      }
    }
  }

  private static List<String> ranking(SearchIndex index, JudgedSet.Question question, By by)
      throws IOException {
    return index.search(new Query(question.text(), Map.of(), by), Ndcg.DEPTH).stream()
        .map(hit -> hit.document().id())
        .toList();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static void speed(Report report, SearchIndex index, JudgedSet set, int rounds)
      throws IOException {
    var millis = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      for (var question : set.questions()) {
        long began = System.nanoTime();
        ranking(index, question, By.BOTH);
        millis.add((System.nanoTime() - began) / 1e6);
      }
    }
    report.note(
        "a hybrid search takes %.2f ms (median), %.2f ms (p99)",
        Report.median(millis), Report.quantile(millis, 0.99));
  }

  private static void remove(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

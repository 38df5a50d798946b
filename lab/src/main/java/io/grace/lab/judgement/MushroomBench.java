package io.grace.lab.judgement;

import io.grace.intelligence.ranking.ContextualLearner;
import io.grace.intelligence.ranking.ContextualLearner.Rule;
import io.grace.lab.bench.Report;
import io.grace.lab.foresight.PublicData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/// The bandit of UCI Mushroom: eat or not, 2,000 times, and two simulated bandits of the same
/// family, beside the published figures (Riquelme, Tucker & Snoek, *Deep Bayesian Bandits
/// Showdown*, ICLR 2018, § 5).
public final class MushroomBench {
  private static final int CONTEXTS = 2_000;
  private static final int SEEDS = 10;
  private static final int OTHER_SEEDS = 20;
  private static final double MOST = 12;

  private static final int EAT = 0;
  private static final double GOOD = 5;
  private static final double BAD = -35;

  private MushroomBench() {}

  /// @param inputs one-hot, by their order of appearance
  private record Mushroom(double[] inputs, boolean isPoisonous) {}

  private interface Outing {
    double regret(Rule rule, long seed);
  }

  public static void measure(Report report, boolean quick) throws Exception {
    Optional<Path> folder = PublicData.folder("bandits");
    if (folder.isEmpty()) {
      report.note(PublicData.skipped("bandits"));
      return;
    }
    List<Mushroom> all = read(folder.get().resolve("agaricus-lepiota.data"));
    report.note("Mushroom, %d contexts: regret in %% of a uniform choice, mean ± sd", CONTEXTS);
    Outing eating = (rule, seed) -> mushrooms(all, rule, seed);
    line(report, "THOMPSON, 10 seeds", eating, Rule.THOMPSON, 1, SEEDS);
    double informed = line(report, "INFORMED, 10 seeds", eating, Rule.INFORMED, 1, SEEDS);
    double others =
        line(report, "INFORMED, 20 other seeds", eating, Rule.INFORMED, 1_001, OTHER_SEEDS);
    report.note("published: MultitaskGP 12.87, NaiveEnsemble4 13.44, Dropout 15.05");
    if (!quick) {
      for (double delta : new double[] {0.5, 0.95}) {
        Outing wheel = (rule, seed) -> wheel(delta, rule, seed);
        for (Rule rule : Rule.values()) {
          line(report, "wheel %.2f, %s".formatted(delta, rule), wheel, rule, 1, SEEDS);
        }
      }
      for (Rule rule : Rule.values()) {
        line(report, "8 linear arms, " + rule, MushroomBench::linear, rule, 1, SEEDS);
      }
    }
    report.promise(
        informed <= MOST && others <= MOST,
        "relative regret %.2f and on other seeds %.2f, at most %.0f",
        informed,
        others,
        MOST);
  }

  private static double line(
      Report report, String name, Outing outing, Rule rule, long first, int seeds) {
    double[] regrets =
        LongStream.range(first, first + seeds).mapToDouble(s -> outing.regret(rule, s)).toArray();
    double mean = 0;
    double squares = 0;
    for (double r : regrets) {
      mean += r / seeds;
      squares += r * r / seeds;
    }
    report.note("%-28s %6.2f ± %.2f", name, mean, Math.sqrt(Math.max(0, squares - mean * mean)));
    return mean;
  }

  private static double mushrooms(List<Mushroom> all, Rule rule, long seed) {
    var random = new SplittableRandom(seed);
    var learner = new ContextualLearner(all.getFirst().inputs().length, 2, rule, seed);
    double regret = 0;
    for (int n = 0; n < CONTEXTS; n++) {
      Mushroom mushroom = all.get(random.nextInt(all.size()));
      boolean isLucky = random.nextBoolean();
      int arm = learner.choose(mushroom.inputs()).arm();
      double eaten = mushroom.isPoisonous() && !isLucky ? BAD : GOOD;
      double reward = arm == EAT ? eaten : 0;
      regret += (mushroom.isPoisonous() ? 0 : GOOD) - reward;
      learner.learn(mushroom.inputs(), arm, reward);
    }
    double poisonous = (double) all.stream().filter(Mushroom::isPoisonous).count() / all.size();
    double uniform = (1 - poisonous) * GOOD / 2 - poisonous * (GOOD + BAD) / 4;
    return 100 * regret / (CONTEXTS * uniform);
  }

  /// Four of five arms pay much, each beyond a radius in its own quarter only (§ 5.4 of the paper).
  private static double wheel(double delta, Rule rule, long seed) {
    var random = new SplittableRandom(seed);
    var learner = new ContextualLearner(2, 5, rule, seed);
    double regret = 0;
    double uniform = 0;
    for (int n = 0; n < CONTEXTS; n++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double radius = Math.sqrt(random.nextDouble());
      double[] context = {radius * Math.cos(angle), radius * Math.sin(angle)};
      double[] worth = {1.2, 1, 1, 1, 1};
      if (radius > delta) {
        worth[1 + (context[0] > 0 ? 0 : 1) + (context[1] > 0 ? 0 : 2)] = 50;
      }
      double best = radius > delta ? 50 : 1.2;
      int arm = learner.choose(context).arm();
      regret += best - worth[arm];
      uniform += best - mean(worth);
      learner.learn(context, arm, worth[arm] + 0.01 * random.nextGaussian());
    }
    return 100 * regret / uniform;
  }

  private static double linear(Rule rule, long seed) {
    var random = new SplittableRandom(seed);
    int inputs = 20;
    int arms = 8;
    var weights = new double[arms][inputs];
    for (double[] row : weights) {
      for (int i = 0; i < inputs; i++) {
        row[i] = random.nextGaussian() / Math.sqrt(inputs);
      }
    }
    var learner = new ContextualLearner(inputs, arms, rule, seed);
    double regret = 0;
    double uniform = 0;
    for (int n = 0; n < CONTEXTS; n++) {
      var context = new double[inputs];
      var worth = new double[arms];
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < inputs; i++) {
        context[i] = random.nextGaussian();
      }
      for (int a = 0; a < arms; a++) {
        for (int i = 0; i < inputs; i++) {
          worth[a] += weights[a][i] * context[i];
        }
        best = Math.max(best, worth[a]);
      }
      int arm = learner.choose(context).arm();
      regret += best - worth[arm];
      uniform += best - mean(worth);
      learner.learn(context, arm, worth[arm] + random.nextGaussian());
    }
    return 100 * regret / uniform;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  private static List<Mushroom> read(Path file) throws IOException {
    List<String[]> rows =
        Files.readAllLines(file).stream()
            .filter(line -> !line.isBlank())
            .map(line -> line.split(",", -1))
            .toList();
    Map<String, Integer> places = new LinkedHashMap<>();
    for (String[] row : rows) {
      for (int c = 1; c < row.length; c++) {
        places.putIfAbsent(c + row[c], places.size());
      }
    }
    var all = new ArrayList<Mushroom>();
    for (String[] row : rows) {
      var inputs = new double[places.size()];
      for (int c = 1; c < row.length; c++) {
        inputs[places.getOrDefault(c + row[c], 0)] = 1;
      }
      all.add(new Mushroom(inputs, row[0].equals("p")));
    }
    return all;
  }
}

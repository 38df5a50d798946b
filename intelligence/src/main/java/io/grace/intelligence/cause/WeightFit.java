package io.grace.intelligence.cause;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Learns weights from incidents whose cause was found out: the conditional logit of McFadden
/// (*Conditional Logit Analysis of Qualitative Choice Behavior*, 1974, section 2), in which each
/// incident is a choice among its services and "not watched", with a penalty on the distance to the
/// weights it started from. Maximum likelihood makes the probabilities calibrated on what it saw.
public final class WeightFit {
  private static final int ROUNDS = 600;
  private static final int SCALES = 100;
  private static final double PENALTY = 0.0005;

  /// An incident and what had caused it.
  ///
  /// @param causes services; empty if the cause was not among the watched
  public record Lesson(Features features, Set<Integer> causes) {}

  private WeightFit() {}

  /// @param start weights of a scene of this kind, see [Weights]
  /// @return weights of the same shape
  public static double[] fit(List<Lesson> lessons, double[] start) {
    double[] weights = start.clone();
    double[] squares = new double[weights.length];
    for (int round = 0; round < ROUNDS; round++) {
      double[] slope = slope(lessons, weights);
      for (int w = 0; w < weights.length; w++) {
        double s = slope[w] / Math.max(1, lessons.size()) - PENALTY * (weights[w] - start[w]);
        // Adagrad keeps rare features from being learnt more slowly than common ones.
        squares[w] += s * s;
        double moved = weights[w] + 0.3 * s / Math.sqrt(squares[w] + 1e-8);
        weights[w] = allowed(w, moved);
      }
    }
    return sharpened(lessons, weights);
  }

  /// Two causes of one incident share its probability, which blurs the probabilities of all others.
  /// So the scale of the scores, which changes no ranking, is set by the incidents with one cause
  /// or none: the temperature of Guo et al. (*On Calibration of Modern Neural Networks*, ICML 2017,
  /// section 4.2), found by trying scales.
  private static double[] sharpened(List<Lesson> lessons, double[] weights) {
    List<Lesson> plain = lessons.stream().filter(lesson -> lesson.causes().size() <= 1).toList();
    double best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int step = 0; step <= SCALES; step++) {
      double scale = 0.5 + 2.5 * step / SCALES;
      double loss = surprise(plain, scaled(weights, scale));
      if (loss < least) {
        least = loss;
        best = scale;
      }
    }
    return scaled(weights, best);
  }

  private static double[] scaled(double[] weights, double scale) {
    return Arrays.stream(weights).map(w -> w * scale).toArray();
  }

  private static double surprise(List<Lesson> lessons, double[] weights) {
    double sum = 0;
    for (Lesson lesson : lessons) {
      double[] chosen = Weights.softmax(Weights.scores(lesson.features(), weights));
      int[] services = lesson.features().services();
      double hit = lesson.causes().isEmpty() ? chosen[services.length] : 0;
      for (int i = 0; i < services.length; i++) {
        hit += lesson.causes().contains(services[i]) ? chosen[i] : 0;
      }
      sum -= Math.log(Math.max(1e-9, hit));
    }
    return sum;
  }

  /// Evidence never counts against what it is evidence for, whatever a set of lessons seems to say:
  /// that is what keeps weights from one kind of fleet sound on another.
  private static double allowed(int weight, double value) {
    return switch (weight) {
      case Features.LATE, Features.COVERED -> Math.min(0, value);
      case Features.COUNT, Features.COUNT + 1 -> value;
      default -> Math.max(0, value);
    };
  }

  private static double[] slope(List<Lesson> lessons, double[] weights) {
    double[] slope = new double[weights.length];
    for (Lesson lesson : lessons) {
      Features features = lesson.features();
      int count = features.services().length;
      double[] chosen = Weights.softmax(Weights.scores(features, weights));
      double[] wanted = new double[count + 1];
      int found = 0;
      for (int i = 0; i < count; i++) {
        found += lesson.causes().contains(features.services()[i]) ? 1 : 0;
      }
      for (int i = 0; i < count && found > 0; i++) {
        wanted[i] = lesson.causes().contains(features.services()[i]) ? 1.0 / found : 0;
      }
      wanted[count] = found == 0 ? 1 : 0;
      for (int i = 0; i < count; i++) {
        double error = wanted[i] - chosen[i];
        for (int f = 0; f < Features.COUNT; f++) {
          slope[f] += error * features.rows()[i][f];
        }
      }
      double error = wanted[count] - chosen[count];
      slope[Features.COUNT] += error;
      slope[Features.COUNT + 1] += error * features.outside();
    }
    return slope;
  }
}

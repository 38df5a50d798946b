package io.grace.intelligence.causal;

import io.grace.intelligence.linear.Ridge;
import java.util.ArrayList;
import java.util.List;

/// A structural model of some series over time: each is a weighted sum of the past of others, and
/// noise of its own (Peters, Janzing & Schölkopf, *Elements of Causal Inference*, 2017, chapter
/// 10). *Immutable.*
///
/// @param intercepts one a series
/// @param effects each an edge and its weight
public record LinearModel(double[] intercepts, List<Effect> effects) {
  /// Of a fit, next to the squares of the inputs: only so much that sums of others do no harm.
  private static final double PENALTY = 1e-9;

  /// That `from`, some steps back, adds `weight` times its value to `to`.
  public record Effect(int from, int to, int lag, double weight) {
    public Effect {
      if (from < 0 || to < 0 || lag < 1 || !Double.isFinite(weight)) {
        throw new IllegalArgumentException(
            "wanted series from 0, a lag from 1 and a finite weight: %d, %d, %d, %s"
                .formatted(from, to, lag, weight));
      }
    }
  }

  /// A series that is held at a value for some steps.
  ///
  /// @param from first step, counted in the series that was observed
  /// @param until the step after the last
  public record Held(int series, int from, int until, double value) {}

  public LinearModel {
    intercepts = intercepts.clone();
    effects = List.copyOf(effects);
    for (Effect effect : effects) {
      if (effect.from >= intercepts.length || effect.to >= intercepts.length) {
        throw new IllegalArgumentException(
            "wanted series below %d: %s".formatted(intercepts.length, effect));
      }
    }
  }

  @Override
  public double[] intercepts() {
    return intercepts.clone();
  }

  /// The least squares fit of what was observed, with effects along these edges alone.
  ///
  /// @param observed one array a series, the oldest value first
  public static LinearModel fit(double[][] observed, List<LaggedEdge> edges) {
    double[] intercepts = new double[observed.length];
    List<Effect> effects = new ArrayList<>();
    for (int to = 0; to < observed.length; to++) {
      int series = to;
      List<LaggedEdge> parents = edges.stream().filter(e -> e.to() == series).toList();
      int first = parents.stream().mapToInt(LaggedEdge::lag).max().orElse(0);
      var ridge = new Ridge(parents.size() + 1, 1);
      double[] inputs = new double[parents.size() + 1];
      double[] penalty = new double[inputs.length];
      for (int step = first; step < observed[to].length; step++) {
        inputs[0] = 1;
        penalty[0] += PENALTY;
        for (int i = 0; i < parents.size(); i++) {
          inputs[i + 1] = observed[parents.get(i).from()][step - parents.get(i).lag()];
          penalty[i + 1] += PENALTY * inputs[i + 1] * inputs[i + 1];
        }
        ridge.add(inputs, observed[to][step], 1);
      }
      for (int i = 0; i < penalty.length; i++) {
        penalty[i] = Math.max(penalty[i], PENALTY);
      }
      double[] weights = ridge.solve(penalty);
      intercepts[to] = weights[0];
      for (int i = 0; i < parents.size(); i++) {
        LaggedEdge edge = parents.get(i);
        effects.add(new Effect(edge.from(), to, edge.lag(), weights[i + 1]));
      }
    }
    return new LinearModel(intercepts, effects);
  }

  /// What would have been observed, had some series been held: the noise that explains what was
  /// observed (abduction), the series held (action), and what follows from both (prediction)
  /// (Pearl, *Causality*, 2nd ed., 2009, theorem 7.1.7). With everything observed the noise is
  /// known, so the answer is one number a step and not a distribution; only the model can be wrong.
  ///
  /// @param observed one array a series, the oldest value first, equally long
  /// @return in the form of `observed`; equal to it until the first step that is held
  public double[][] counterfactual(double[][] observed, List<Held> held) {
    check(observed, held);
    int steps = observed[0].length;
    double[][] otherwise = new double[observed.length][];
    for (int i = 0; i < observed.length; i++) {
      otherwise[i] = observed[i].clone();
    }
    int first = held.stream().mapToInt(Held::from).min().orElse(steps);
    for (int step = first; step < steps; step++) {
      for (int to = 0; to < observed.length; to++) {
        // As what is observed is prediction plus noise, only what the past differs by is added.
        otherwise[to][step] = observed[to][step];
      }
      for (Effect effect : effects) {
        int past = step - effect.lag;
        if (past >= first) {
          double change = otherwise[effect.from][past] - observed[effect.from][past];
          otherwise[effect.to][step] += effect.weight * change;
        }
      }
      for (Held one : held) {
        if (step >= one.from && step < one.until) {
          otherwise[one.series][step] = one.value;
        }
      }
    }
    return otherwise;
  }

  private void check(double[][] observed, List<Held> held) {
    if (observed.length != intercepts.length) {
      throw new IllegalArgumentException(
          "wanted %d series: %d".formatted(intercepts.length, observed.length));
    }
    for (double[] one : observed) {
      if (one.length != observed[0].length) {
        throw new IllegalArgumentException(
            "series must be equally long: %d and %d".formatted(observed[0].length, one.length));
      }
    }
    for (Held one : held) {
      boolean isThere = one.series >= 0 && one.series < observed.length;
      if (!isThere || one.from < 0 || one.until < one.from || !Double.isFinite(one.value)) {
        throw new IllegalArgumentException("nothing that can be held: " + one);
      }
    }
  }
}

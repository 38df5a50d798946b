package io.grace.domains.temporal;

import io.grace.intelligence.causal.LinearModel.Effect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which edges of a graph no longer hold on what was measured since. An edge holds as long as
/// foretelling with it beats foretelling without it: the others keep their weights, and the mean of
/// what is left over is taken away in both cases, so that a mere shift of levels is no reason.
final class Staleness {
  private Staleness() {}

  /// @param stale edges between different series that no longer hold
  /// @param known so many were looked at
  record Found(List<Effect> stale, int known) {
    double ratio() {
      return known == 0 ? 0 : (double) stale.size() / known;
    }
  }

  /// @param fresh of the graph's series, in its order
  static Found of(CausalGraph graph, double[][] fresh) {
    var stale = new ArrayList<Effect>();
    List<Effect> causes = graph.causes();
    for (Effect effect : causes) {
      if (leftOver(graph, fresh, effect.to(), effect)
          <= leftOver(graph, fresh, effect.to(), null)) {
        stale.add(effect);
      }
    }
    return new Found(stale, new HashSet<>(causes).size());
  }

  /// The variance that the model leaves of a series.
  ///
  /// @param without an effect that is left out; none if null
  private static double leftOver(
      CausalGraph graph, double[][] fresh, int to, @Nullable Effect without) {
    List<Effect> parents =
        graph.model().effects().stream().filter(e -> e.to() == to && !e.equals(without)).toList();
    int first = graph.model().effects().stream().mapToInt(Effect::lag).max().orElse(0);
    int count = fresh[to].length - first;
    double mean = 0;
    double squares = 0;
    for (int t = first; t < fresh[to].length; t++) {
      double left = fresh[to][t];
      for (Effect parent : parents) {
        left -= parent.weight() * fresh[parent.from()][t - parent.lag()];
      }
      double off = left - mean;
      mean += off / (t - first + 1);
      squares += off * (left - mean);
    }
    return count == 0 ? 0 : squares / count;
  }
}

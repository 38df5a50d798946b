package io.grace.intelligence.causal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.hipparchus.distribution.continuous.FDistribution;

/// Whether the past of one series helps to foretell another beyond the past of the others: the F
/// test of two regressions, with and without it (Granger, *Investigating causal relations by
/// econometric models and cross-spectral methods*, Econometrica 37, 1969; given the others: Geweke,
/// *Measures of conditional linear dependence and feedback between time series*, JASA 79, 1984).
/// Foretelling is no cause: what moves both, and is not among the series, looks the same.
public final class Granger {
  /// Of one regression; its cost grows with the cube, and there is one for each pair.
  private static final int MOST_INPUTS = 256;

  private final int maxLag;
  private final boolean givenAll;
  private final int series;
  private final LaggedCorrelations correlations;

  private Granger(SeriesTable table, int maxLag, boolean givenAll) {
    this.maxLag = maxLag;
    this.givenAll = givenAll;
    series = table.size();
    int inputs = maxLag * (givenAll ? series : 2);
    if (inputs > MOST_INPUTS) {
      throw new IllegalArgumentException(
          "a regression has at most %d inputs: %d".formatted(MOST_INPUTS, inputs));
    }
    table.check(maxLag, 2 * inputs + 10);
    correlations = new LaggedCorrelations(table, maxLag);
  }

  /// @param maxLag how many steps back are looked at
  /// @param givenAll whether the past of all other series is held, or that of the target alone
  /// @param falseShare of the edges that may be false, in (0, 1)
  /// @return the likeliest edges first, with the lag that tells most and the share of the variance
  ///   that the past of the first series explains of what was left
  public static List<LaggedEdge> find(
      SeriesTable table, int maxLag, boolean givenAll, double falseShare) {
    if (!(falseShare > 0 && falseShare < 1)) {
      throw new IllegalArgumentException("share must be in (0, 1): " + falseShare);
    }
    return new Granger(table, maxLag, givenAll).edges(falseShare);
  }

  private List<LaggedEdge> edges(double falseShare) {
    List<LaggedEdge> tested = new ArrayList<>();
    for (int to = 0; to < series; to++) {
      for (int from = 0; from < series; from++) {
        if (from != to) {
          test(from, to).ifPresent(tested::add);
        }
      }
    }
    double[] p = tested.stream().mapToDouble(LaggedEdge::p).toArray();
    double[] adjusted = FalseDiscovery.adjusted(p, Math.max(p.length, series * (series - 1)));
    return IntStream.range(0, p.length)
        .filter(i -> adjusted[i] <= falseShare)
        .mapToObj(tested::get)
        .sorted(Comparator.comparingDouble(LaggedEdge::p))
        .toList();
  }

  /// Empty if a series is constant or the sum of others: then there is nothing to tell apart.
  private Optional<LaggedEdge> test(int from, int to) {
    List<Integer> without = new ArrayList<>();
    without.add(correlations.column(to, 0));
    for (int one = 0; one < series; one++) {
      if (one == to || (givenAll && one != from)) {
        addPast(without, one);
      }
    }
    List<Integer> with = new ArrayList<>(without);
    addPast(with, from);
    Optional<DMatrixRMaj> few = correlations.precision(numbers(without));
    Optional<DMatrixRMaj> all = correlations.precision(numbers(with));
    if (few.isEmpty() || all.isEmpty()) {
      return Optional.empty();
    }
    // The inverse's first cell is one over the share of the variance that the rest leaves.
    double leftWithout = 1 / few.get().get(0, 0);
    double leftWith = 1 / all.get().get(0, 0);
    double freedom = correlations.rows() - with.size();
    double f = Math.max(0, (leftWithout - leftWith) / maxLag / (leftWith / freedom));
    // The tail as the beginning of the reciprocal's distribution, which keeps its small values.
    double p = f > 0 ? new FDistribution(freedom, maxLag).cumulativeProbability(1 / f) : 1;
    return Optional.of(
        new LaggedEdge(
            from,
            to,
            strongestLag(all.get(), without.size()),
            Math.clamp(1 - leftWith / leftWithout, 0, 1),
            Math.clamp(p, 0, 1)));
  }

  private void addPast(List<Integer> columns, int one) {
    for (int lag = 1; lag <= maxLag; lag++) {
      columns.add(correlations.column(one, lag));
    }
  }

  private static int[] numbers(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  private int strongestLag(DMatrixRMaj precision, int first) {
    int strongest = 1;
    double most = -1;
    for (int lag = 1; lag <= maxLag; lag++) {
      double partial = Math.abs(LaggedCorrelations.partial(precision, 0, first + lag - 1));
      if (partial > most) {
        most = partial;
        strongest = lag;
      }
    }
    return strongest;
  }
}

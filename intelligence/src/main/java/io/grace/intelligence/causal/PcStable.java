package io.grace.intelligence.causal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Finds which series move which others later, by tests of conditional independence.
///
/// First the parents of each series are narrowed down as in the PC algorithm (Spirtes, Glymour &
/// Scheines, *Causation, Prediction, and Search*, 2000, section 5.4.2) in its form whose result
/// does not depend on the order of series (Colombo & Maathuis, *Order-independent constraint-based
/// causal structure learning*, JMLR 15, 2014, section 4.1): what is removed at one size of
/// condition is removed when that size is done. Time gives every edge its direction. Then each edge
/// that is left is tested given the parents of both its ends, which keeps series that only remember
/// themselves from looking tied (Runge et al., *Detecting and quantifying causal associations in
/// large nonlinear time series datasets*, Science Advances 5, 2019), and the share of false edges
/// is controlled over all edges that were possible.
///
/// It holds where dependence is linear, nothing unseen moves two of the series, and causes take at
/// least one step. At most 64 conditions of each size are tried for an edge, the strongest first.
public final class PcStable {
  private static final int MOST_CONDITIONS = 64;
  private static final int MOST_CONDITION_SIZE = 8;

  /// Fewer rows let nothing be told from chance.
  private static final int LEAST_ROWS = 30;

  private final int maxLag;
  private final int maxCondition;
  private final double keep;
  private final double falseShare;
  private final int series;
  private final LaggedCorrelations correlations;

  /// A series some steps back, and the least that any condition left of its dependence.
  private record Candidate(int from, int lag, double strength) {}

  private PcStable(
      SeriesTable table, int maxLag, int maxCondition, double keep, double falseShare) {
    if (maxCondition < 0 || maxCondition > MOST_CONDITION_SIZE) {
      throw new IllegalArgumentException(
          "conditions have 0 to %d members: %d".formatted(MOST_CONDITION_SIZE, maxCondition));
    }
    if (!(keep > 0 && keep < 1 && falseShare > 0 && falseShare < 1)) {
      throw new IllegalArgumentException(
          "levels must be in (0, 1): %s, %s".formatted(keep, falseShare));
    }
    // The parents of an edge's beginning are up to twice as far back.
    table.check(2 * maxLag, LEAST_ROWS);
    this.maxLag = maxLag;
    this.maxCondition = maxCondition;
    this.keep = keep;
    this.falseShare = falseShare;
    this.series = table.size();
    this.correlations = new LaggedCorrelations(table, 2 * maxLag);
  }

  /// @param maxLag how many steps back causes may be; twice it is looked at
  /// @param maxCondition how many series at most are held at once while parents are narrowed down
  /// @param keep significance at which a parent is kept until the last test; generous, such as 0.1
  /// @param falseShare of the edges that may be false, such as 0.05
  /// @return the likeliest edges first; those from a series to itself included
  public static List<LaggedEdge> find(
      SeriesTable table, int maxLag, int maxCondition, double keep, double falseShare) {
    return new PcStable(table, maxLag, maxCondition, keep, falseShare).edges();
  }

  private List<LaggedEdge> edges() {
    List<List<Candidate>> parents = IntStream.range(0, series).mapToObj(this::parents).toList();
    List<LaggedEdge> left = new ArrayList<>();
    for (int to = 0; to < series; to++) {
      for (Candidate parent : parents.get(to)) {
        left.add(tested(to, parent, parents));
      }
    }
    double[] p = left.stream().mapToDouble(LaggedEdge::p).toArray();
    double[] adjusted = FalseDiscovery.adjusted(p, series * series * maxLag);
    return IntStream.range(0, p.length)
        .filter(i -> adjusted[i] <= falseShare)
        .mapToObj(left::get)
        .sorted(
            Comparator.comparingDouble(LaggedEdge::p)
                .thenComparingDouble(edge -> -Math.abs(edge.strength())))
        .toList();
  }

  private List<Candidate> parents(int to) {
    List<Candidate> left = new ArrayList<>();
    for (int from = 0; from < series; from++) {
      for (int lag = 1; lag <= maxLag; lag++) {
        left.add(new Candidate(from, lag, 1));
      }
    }
    for (int size = 0; size <= maxCondition && left.size() > size; size++) {
      List<Candidate> frozen = List.copyOf(left);
      left.clear();
      for (Candidate one : frozen) {
        double strength = Math.min(one.strength, weakest(to, one, frozen, size));
        if (strength > 0) {
          left.add(new Candidate(one.from, one.lag, strength));
        }
      }
      left.sort(Comparator.comparingDouble(c -> -c.strength));
    }
    return left;
  }

  /// The least dependence given any condition of a size; 0 as soon as one leaves none.
  private double weakest(int to, Candidate one, List<Candidate> all, int size) {
    List<Candidate> others = all.stream().filter(c -> c != one).toList();
    if (others.size() < size) {
      return 1;
    }
    int[] chosen = IntStream.range(0, size).toArray();
    double weakest = 1;
    for (int tried = 0; tried < MOST_CONDITIONS; tried++) {
      int[] columns = new int[size + 2];
      columns[0] = correlations.column(to, 0);
      columns[1] = correlations.column(one.from, one.lag);
      for (int i = 0; i < size; i++) {
        Candidate other = others.get(chosen[i]);
        columns[i + 2] = correlations.column(other.from, other.lag);
      }
      double partial = correlations.partial(columns);
      if (correlations.p(partial, size) > keep) {
        return 0;
      }
      weakest = Math.min(weakest, Math.abs(partial));
      if (!advance(chosen, others.size())) {
        break;
      }
    }
    return weakest;
  }

  /// To the next combination in lexicographic order.
  private static boolean advance(int[] chosen, int of) {
    for (int i = chosen.length - 1; i >= 0; i--) {
      if (chosen[i] < of - chosen.length + i) {
        chosen[i]++;
        for (int j = i + 1; j < chosen.length; j++) {
          chosen[j] = chosen[j - 1] + 1;
        }
        return true;
      }
    }
    return false;
  }

  private LaggedEdge tested(int to, Candidate one, List<List<Candidate>> parents) {
    int begin = correlations.column(one.from, one.lag);
    IntStream ofEnd =
        parents.get(to).stream()
            .filter(c -> c != one)
            .mapToInt(c -> correlations.column(c.from, c.lag));
    IntStream ofBegin =
        parents.get(one.from).stream().mapToInt(c -> correlations.column(c.from, c.lag + one.lag));
    int[] given = IntStream.concat(ofEnd, ofBegin).filter(c -> c != begin).distinct().toArray();
    int[] columns = new int[given.length + 2];
    columns[0] = correlations.column(to, 0);
    columns[1] = begin;
    System.arraycopy(given, 0, columns, 2, given.length);
    double partial = correlations.partial(columns);
    return new LaggedEdge(one.from, to, one.lag, partial, correlations.p(partial, given.length));
  }
}

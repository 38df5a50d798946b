package io.grace.intelligence.pattern;

import java.util.Arrays;

/// How much of every kind of event is explained by which kind before it: a topological Hawkes
/// process, fitted by expectation maximisation.
///
/// Cai et al., *THPs: Topological Hawkes Processes for Learning Causal Structure on Event
/// Sequences*, 2022, §3, for the excitation along a topology; Veen & Schoenberg, *Estimation of
/// Space-Time Branching Process Models in Seismology Using an EM-Type Algorithm*, 2008, for the
/// attribution of each event to a parent or to the background. GRACE differs: the kernel of every
/// pair is free, a step function over lags, and is not thinned out by a score here; an event at the
/// same second may be a parent either way, since clocks of alarms are coarse.
///
/// One fit is O(rounds × pairs of events within the horizon); at most [#MOST_BACK] are looked at
/// for one event and one place.
final class Excitation {
  private static final int ROUNDS = 30;

  /// Where the steps of a kernel end, as a share of the horizon: half a second is 0.
  private static final double[] EDGES = {
    0, 1 / 600.0, 2 / 600.0, 5 / 600.0, 1 / 60.0, 3 / 60.0, 0.1, 0.2, 0.5, 1
  };

  /// So that a storm costs time in proportion to its events.
  private static final int MOST_BACK = 400;

  private final EventLog log;
  private final int[][] neighbours;
  private final double[] edges;
  private final int kinds;
  private final int[][] at;

  /// Which kernels may have caused an event, and how often: entries `from[i]` to `from[i + 1]`.
  private final int[] from;

  private int[] cells = new int[1 << 16];
  private float[] times = new float[1 << 16];
  private int entries;

  private Excitation(EventLog log, int[][] neighbours, double horizon) {
    this.log = log;
    this.neighbours = neighbours;
    edges = Arrays.stream(EDGES).map(e -> e * horizon).toArray();
    kinds = log.kindCount();
    at = byPlace();
    from = new int[log.size() + 1];
    collect();
  }

  /// The share of the events of kind `b` that kind `a` explains: `[a][b]`, each in [0, 1), drawn a
  /// little to the mean share where `b` is rare.
  ///
  /// @param neighbours of each place; places beyond its length have none
  static double[][] shares(EventLog log, int[][] neighbours, double horizon) {
    return new Excitation(log, neighbours, horizon).fit();
  }

  private int[][] byPlace() {
    var sizes = new int[log.placeCount()];
    for (int place : log.places()) {
      sizes[place]++;
    }
    var rows = new int[sizes.length][];
    Arrays.setAll(rows, p -> new int[sizes[p]]);
    Arrays.fill(sizes, 0);
    for (int i = 0; i < log.size(); i++) {
      int place = log.places()[i];
      rows[place][sizes[place]++] = i;
    }
    return rows;
  }

  private int[] neighbours(int place) {
    return place < neighbours.length ? neighbours[place] : new int[0];
  }

  /// A cell is a kernel's step: (target, hop, source, step); what repeats is counted.
  private void collect() {
    int steps = edges.length;
    var count = new int[2 * kinds * steps];
    var touched = new int[count.length];
    for (int i = 0; i < log.size(); i++) {
      from[i] = entries;
      int n = look(i, log.places()[i], 0, count, touched, 0);
      for (int next : neighbours(log.places()[i])) {
        if (next < at.length) {
          n = look(i, next, 1, count, touched, n);
        }
      }
      int base = log.kinds()[i] * count.length;
      for (int t = 0; t < n; t++) {
        if (entries == cells.length) {
          cells = Arrays.copyOf(cells, 2 * entries);
          times = Arrays.copyOf(times, 2 * entries);
        }
        cells[entries] = base + touched[t];
        times[entries++] = count[touched[t]];
        count[touched[t]] = 0;
      }
    }
    from[log.size()] = entries;
  }

  private int look(int target, int place, int hop, int[] count, int[] touched, int found) {
    double now = log.seconds()[target];
    double horizon = edges[edges.length - 1];
    int[] rows = at[place];
    int end = after(rows, now);
    int n = found;
    for (int j = end - 1; j >= Math.max(0, end - MOST_BACK); j--) {
      double lag = now - log.seconds()[rows[j]];
      if (lag >= horizon) {
        break;
      }
      if (rows[j] == target) {
        continue;
      }
      int step = 0;
      while (lag > edges[step]) {
        step++;
      }
      int cell = (hop * kinds + log.kinds()[rows[j]]) * edges.length + step;
      if (count[cell]++ == 0) {
        touched[n++] = cell;
      }
    }
    return n;
  }

  /// The first of the rows that is later than `now`.
  private int after(int[] rows, double now) {
    int low = 0;
    int high = rows.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (log.seconds()[rows[middle]] <= now) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double[][] fit() {
    double[] exposed = exposed();
    var explained = new double[exposed.length * kinds];
    for (int e = 0; e < entries; e++) {
      explained[cells[e]] += times[e];
    }
    var rate = new double[explained.length];
    spread(explained, exposed, rate, 0.3);
    int places = at.length;
    var background = new double[kinds * places];
    var backgroundOf = new double[background.length];
    for (int i = 0; i < log.size(); i++) {
      background[log.kinds()[i] * places + log.places()[i]] += 0.5 / log.span();
    }
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.fill(explained, 0);
      Arrays.fill(backgroundOf, 0);
      for (int i = 0; i < log.size(); i++) {
        int own = log.kinds()[i] * places + log.places()[i];
        double all = background[own];
        for (int e = from[i]; e < from[i + 1]; e++) {
          all += rate[cells[e]] * times[e];
        }
        backgroundOf[own] += background[own] / all;
        for (int e = from[i]; e < from[i + 1]; e++) {
          explained[cells[e]] += rate[cells[e]] * times[e] / all;
        }
      }
      spread(explained, exposed, rate, 1);
      for (int b = 0; b < background.length; b++) {
        background[b] = backgroundOf[b] / log.span();
      }
    }
    return sharesOf(explained);
  }

  private static void spread(double[] explained, double[] exposed, double[] rate, double part) {
    for (int c = 0; c < rate.length; c++) {
      rate[c] = part * explained[c] / Math.max(1e-9, exposed[c % exposed.length]);
    }
  }

  /// For how long the kernels' steps were open, over all sources and the places they reach.
  private double[] exposed() {
    var exposed = new double[2 * kinds * edges.length];
    for (int i = 0; i < log.size(); i++) {
      int degree = neighbours(log.places()[i]).length;
      for (int step = 0; step < edges.length; step++) {
        double width = step == 0 ? 0.5 : edges[step] - edges[step - 1];
        int cell = log.kinds()[i] * edges.length + step;
        exposed[cell] += width;
        exposed[kinds * edges.length + cell] += degree * width;
      }
    }
    return exposed;
  }

  private double[][] sharesOf(double[] explained) {
    int[] counts = log.counts();
    var shares = new double[kinds][kinds];
    double others = 0;
    for (int b = 0; b < kinds; b++) {
      for (int cell = 0; cell < 2 * kinds * edges.length; cell++) {
        int a = cell / edges.length % kinds;
        double found = explained[b * 2 * kinds * edges.length + cell];
        shares[a][b] += found;
        others += a == b ? 0 : found;
      }
    }
    double mean = others / Math.max(1.0, (kinds - 1.0) * log.size());
    for (int a = 0; a < kinds; a++) {
      for (int b = 0; b < kinds; b++) {
        shares[a][b] = (shares[a][b] + mean) / (counts[b] + 1.0);
      }
    }
    return shares;
  }
}

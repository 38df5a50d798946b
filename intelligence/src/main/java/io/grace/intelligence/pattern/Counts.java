package io.grace.intelligence.pattern;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.Arrays;

/// What is counted of kinds and of pairs of kinds, each event with a weight that grows, so that old
/// ones count less without being touched. *Owned by its miner.*
final class Counts {
  static final int HOURS = 24;

  /// Where the windows within the horizon end.
  static final double[] WINDOWS = {0.05, 0.1, 0.2, 0.4, 0.7, 1};

  static final int STEPS = WINDOWS.length;

  /// Up to so many horizons after a cause nothing is expected of it, which tells what chance does.
  static final double FAR = 4;

  private static final double MOST_WEIGHT = 1e6;
  private static final double MOST_SILENCE = 3 * 86_400;

  final int kinds;
  final double halfLife;
  private double origin = Double.NaN;

  /// Weight now.
  double weight = 1;

  /// By pair, `[cause × kinds + effect][step]`: the effect came first after the cause, so late.
  final double[][] first;

  /// The same for every event of the effect.
  final double[][] every;

  /// By pair: events of the effect later than the horizon.
  final double[] far;

  /// By pair: cases, of which one may be several causes without the effect between them.
  final double[] cases;

  /// By pair: how long the cause had been open when the pair began to be counted.
  final double[] openBefore;

  /// By pair, since it is a rule: cases, and those followed.
  final double[] foretold;

  final double[] cameTrue;

  /// By pair: evidence that the rule holds no longer, see [RuleMiner].
  final double[] doubt;

  /// By kind: for how long its windows' steps were open, the last one being what is far.
  final double[][] open;

  /// By kind and hour of the day: events, and for how long its horizon was open.
  final double[][] events;

  final double[][] openByHour;

  /// By kind and place: events.
  final double[][] eventsByPlace;

  /// How many places there are so far.
  int places;

  /// By hour of the day: for how long there was somebody to look.
  final double[] watched = new double[HOURS];

  Counts(MinerSettings settings) {
    kinds = settings.mostKinds();
    halfLife = settings.halfLifeSeconds();
    eventsByPlace = new double[kinds][settings.mostPlaces()];
    first = new double[kinds * kinds][STEPS];
    every = new double[kinds * kinds][STEPS];
    far = new double[kinds * kinds];
    cases = new double[kinds * kinds];
    openBefore = new double[kinds * kinds];
    foretold = new double[kinds * kinds];
    cameTrue = new double[kinds * kinds];
    doubt = new double[kinds * kinds];
    open = new double[kinds][STEPS + 1];
    events = new double[kinds][HOURS];
    openByHour = new double[kinds][HOURS];
  }

  private void moveTo(double now) {
    if (Double.isNaN(origin)) {
      origin = now;
    }
    weight = Math.exp(Math.log(2) * (now - origin) / halfLife);
    if (weight > MOST_WEIGHT) {
      for (double[][] table :
          new double[][][] {first, every, open, events, openByHour, eventsByPlace}) {
        for (double[] row : table) {
          scale(row, 1 / weight);
        }
      }
      for (double[] row : new double[][] {far, cases, openBefore, foretold, cameTrue, watched}) {
        scale(row, 1 / weight);
      }
      origin = now;
      weight = 1;
    }
  }

  private static void scale(double[] row, double factor) {
    for (int i = 0; i < row.length; i++) {
      row[i] *= factor;
    }
  }

  /// Time passed with somebody to look. A silence longer than that is nobody who looks.
  void watch(double from, double to) {
    moveTo(to);
    double at = to - from > MOST_SILENCE ? to : from;
    while (at < to) {
      double end = Math.min(to, (Math.floor(at / 3_600) + 1) * 3_600);
      watched[hour(at)] += weight * (end - at);
      at = end;
    }
  }

  static int hour(double second) {
    return (int) Math.floorMod((long) Math.floor(second / 3_600), HOURS);
  }

  /// The windows of a cause open at `now`; what the one before it at `last` had left is taken back,
  /// since the newest cause counts.
  void opens(int kind, double now, double last, double horizon) {
    double gap = now - last;
    double before = 0;
    for (int step = 0; step <= STEPS; step++) {
      double end = horizon * (step == STEPS ? FAR : WINDOWS[step]);
      open[kind][step] += weight * (end - before - Math.max(0, end - Math.max(before, gap)));
      before = end;
    }
    openByHour[kind][hour(now)] += weight * Math.min(horizon, gap);
  }

  void forgetKind(int kind) {
    for (int other = 0; other < kinds; other++) {
      forgetPair(kind * kinds + other);
      forgetPair(other * kinds + kind);
      openBefore[kind * kinds + other] = 0;
      openBefore[other * kinds + kind] = horizonOpen(other);
    }
    openBefore[kind * kinds + kind] = 0;
    Arrays.fill(open[kind], 0);
    Arrays.fill(events[kind], 0);
    Arrays.fill(openByHour[kind], 0);
    Arrays.fill(eventsByPlace[kind], 0);
  }

  /// From now on the pair must prove itself anew.
  void forgetPair(int pair) {
    Arrays.fill(first[pair], 0);
    Arrays.fill(every[pair], 0);
    far[pair] = 0;
    cases[pair] = 0;
    foretold[pair] = 0;
    cameTrue[pair] = 0;
    doubt[pair] = 0;
    openBefore[pair] = horizonOpen(pair / kinds);
  }

  double horizonOpen(int kind) {
    double sum = 0;
    for (int step = 0; step < STEPS; step++) {
      sum += open[kind][step];
    }
    return sum;
  }

  void forgetPlace(int place) {
    for (double[] byPlace : eventsByPlace) {
      byPlace[place] = 0;
    }
  }

  /// How likely two events, one of either kind, are at one place if neither cares for the other.
  private double meet(int a, int b) {
    double both = 0;
    double ofA = 0;
    double ofB = 0;
    for (int place = 0; place < places; place++) {
      both += eventsByPlace[a][place] * eventsByPlace[b][place];
      ofA += eventsByPlace[a][place];
      ofB += eventsByPlace[b][place];
    }
    return both == 0 ? 0 : both / ofA / ofB;
  }

  /// How often the effect would have followed the cause within each window if each of the two had
  /// kept its hours and places, but in another order: the mean over all shuffles of the days.
  double[] byChance(int a, int b) {
    double all = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      all += openByHour[a][hour] * events[b][hour] / Math.max(3_600 * weight, watched[hour]);
    }
    double opened = Math.max(1e-9, horizonOpen(a));
    all *= meet(a, b) * Math.max(0, 1 - openBefore[a * kinds + b] / opened) / weight;
    var means = new double[STEPS];
    double within = 0;
    for (int step = 0; step < STEPS; step++) {
      within += open[a][step];
      means[step] = all * within / opened;
    }
    return means;
  }

  private static double sum(double[] row) {
    return Arrays.stream(row).sum();
  }

  double support(int kind) {
    return sum(events[kind]) / weight;
  }

  void write(Packing to, int used) {
    to.number(origin);
    to.number(weight);
    to.doubles(watched);
    for (int a = 0; a < used; a++) {
      to.doubles(open[a]);
      to.doubles(events[a]);
      to.doubles(openByHour[a]);
      to.doubles(Arrays.copyOf(eventsByPlace[a], places));
      for (int b = 0; b < used; b++) {
        int pair = a * kinds + b;
        to.doubles(first[pair]);
        to.doubles(every[pair]);
        to.doubles(
            new double[] {
              far[pair], cases[pair], openBefore[pair], foretold[pair], cameTrue[pair], doubt[pair]
            });
      }
    }
  }

  static Counts read(Unpacking from, MinerSettings settings, int used, int places) {
    var byPlace = new double[places];
    var counts = new Counts(settings);
    counts.places = places;
    counts.origin = from.number();
    counts.weight = from.number();
    if (!(counts.weight >= 1 && counts.weight <= 2 * MOST_WEIGHT)) {
      throw new IllegalArgumentException("weight must be at least 1: " + counts.weight);
    }
    fill(from, counts.watched);
    for (int a = 0; a < used; a++) {
      fill(from, counts.open[a]);
      fill(from, counts.events[a]);
      fill(from, counts.openByHour[a]);
      fill(from, byPlace);
      System.arraycopy(byPlace, 0, counts.eventsByPlace[a], 0, places);
      for (int b = 0; b < used; b++) {
        int pair = a * counts.kinds + b;
        fill(from, counts.first[pair]);
        fill(from, counts.every[pair]);
        var rest = new double[6];
        fill(from, rest);
        counts.far[pair] = rest[0];
        counts.cases[pair] = rest[1];
        counts.openBefore[pair] = rest[2];
        counts.foretold[pair] = rest[3];
        counts.cameTrue[pair] = rest[4];
        counts.doubt[pair] = rest[5];
      }
    }
    return counts;
  }

  private static void fill(Unpacking from, double[] to) {
    double[] read = from.doubles();
    if (read.length != to.length) {
      throw new IllegalArgumentException("wanted %d counts: %d".formatted(to.length, read.length));
    }
    for (int i = 0; i < to.length; i++) {
      if (!(Double.isFinite(read[i]) && read[i] >= -1e-3)) {
        throw new IllegalArgumentException("a count must be finite, at least 0: " + read[i]);
      }
      to[i] = read[i];
    }
  }
}

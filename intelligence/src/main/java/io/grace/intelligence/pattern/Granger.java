package io.grace.intelligence.pattern;

import java.util.Arrays;

/// Whether a kind still helps to explain an effect once its other causes, the hour of the day and
/// the effect's own past are known: a likelihood-ratio test between two Hawkes processes.
///
/// Granger, *Investigating Causal Relations by Econometric Models and Cross-spectral Methods*,
/// 1969, for the question; Xu, Farajtabar & Zha, *Learning Granger Causality for Hawkes Processes*,
/// 2016, §3, for point processes: no excitation is no causality. GRACE differs: only the newest
/// event of each cause excites, kernels are step functions, and a cause is judged by the likelihood
/// that is lost without it rather than by a penalty. What comes by way of another kind (A → B → C)
/// or from a common cause (A ← C → B) loses nothing.
///
/// O(events + causes × rounds × what an effect was found with, which repeats itself).
final class Granger {
  /// So that a moment fits a long: three bits each, and an effect.
  static final int MOST_CAUSES = 14;

  private static final int ROUNDS = 60;

  /// Less than a round adds when it is time to stop; far less than what a p-value would notice.
  private static final double ENOUGH = 0.005;

  private static final int BACKGROUNDS = 8;
  private static final int HOURS_EACH = Counts.HOURS / BACKGROUNDS;
  private static final int PLACE_BITS = 12;
  private static final int BITS = 3;
  private static final int MASK = (1 << BITS) - 1;

  private final RecentEvents recent;
  private final double horizon;
  private final int effect;

  /// The causes asked about, and the effect itself as the last.
  private final int[] causes;

  private final double[] since;

  /// By cause and step, then the backgrounds: for how long open.
  private final double[] exposed;

  /// What the events of the effect were found with: the step of each cause that was open (0 for
  /// none), hour and place, as bits; each once, with how often.
  private long[] moments = new long[256];

  private double[] times = new double[0];

  /// By place: its share of the events of the effect.
  private final double[] placeShare;

  private int n;

  /// @param causes not with the effect, at most [#MOST_CAUSES]
  /// @param since from when on each is asked about
  Granger(RecentEvents recent, MinerSettings settings, int effect, int[] causes, double[] since) {
    this.recent = recent;
    this.effect = effect;
    horizon = settings.horizonSeconds();
    this.causes = Arrays.copyOf(causes, causes.length + 1);
    this.causes[causes.length] = effect;
    this.since = Arrays.copyOf(since, since.length + 1);
    this.since[since.length] = Double.NEGATIVE_INFINITY;
    exposed = new double[this.causes.length * Counts.STEPS + BACKGROUNDS];
    placeShare = new double[settings.mostPlaces()];
    collect(settings);
    gather();
  }

  private void collect(MinerSettings settings) {
    var cause = new int[settings.mostKinds()];
    Arrays.fill(cause, -1);
    for (int c = 0; c < causes.length; c++) {
      cause[causes[c]] = c;
    }
    double[][] last = new double[settings.mostPlaces()][];
    double before = recent.size() == 0 ? 0 : recent.second(0);
    for (int i = 0; i < recent.size(); i++) {
      double now = recent.second(i);
      exposed[causes.length * Counts.STEPS + background(now)] += Math.min(now - before, 86_400);
      before = now;
      if (recent.kind(i) < 0 || recent.place(i) < 0 || cause[recent.kind(i)] < 0) {
        continue;
      }
      int place = recent.place(i);
      if (last[place] == null) {
        last[place] = new double[causes.length];
        Arrays.fill(last[place], Double.NEGATIVE_INFINITY);
      }
      if (recent.kind(i) == effect) {
        add(now, place, last[place]);
      }
      int c = cause[recent.kind(i)];
      if (now >= since[c]) {
        open(c, now - last[place][c]);
        last[place][c] = now;
      }
    }
  }

  private void add(double now, int place, double[] last) {
    long moment = 0;
    for (double cause : last) {
      double lag = now - cause;
      int step = 0;
      if (lag > 0 && lag <= horizon) {
        while (lag > Counts.WINDOWS[step] * horizon) {
          step++;
        }
        step++;
      }
      moment = moment << BITS | step;
    }
    moment = (moment << BITS | background(now)) << PLACE_BITS | place;
    if (n == moments.length) {
      moments = Arrays.copyOf(moments, 2 * n);
    }
    moments[n++] = moment;
    placeShare[place]++;
  }

  private void gather() {
    Arrays.sort(moments, 0, n);
    times = new double[n];
    int kept = 0;
    for (int i = 0; i < n; i++) {
      if (kept == 0 || moments[kept - 1] != moments[i]) {
        moments[kept++] = moments[i];
      }
      times[kept - 1]++;
    }
    for (int place = 0; place < placeShare.length; place++) {
      placeShare[place] /= Math.max(1, n);
    }
    n = kept;
  }

  private void open(int c, double gap) {
    double before = 0;
    for (int step = 0; step < Counts.STEPS; step++) {
      double end = horizon * Counts.WINDOWS[step];
      exposed[c * Counts.STEPS + step] += end - before - Math.max(0, end - Math.max(before, gap));
      before = end;
    }
  }

  private static int background(double second) {
    return Counts.hour(second) / HOURS_EACH;
  }

  /// The p-value of each cause: that it adds nothing to the others.
  ///
  /// @param isAsked of each; the others get 1
  double[] withoutEach(boolean[] isAsked) {
    int asked = causes.length - 1;
    var p = new double[asked];
    Arrays.fill(p, 1);
    if (n == 0) {
      return p;
    }
    double full = likelihood(-1);
    for (int c = 0; c < asked; c++) {
      if (!isAsked[c]) {
        continue;
      }
      // On the edge of what is allowed the distribution is a mixture with fewer degrees of freedom,
      // so this errs towards chance.
      p[c] = Tails.chiSquare(2 * (full - likelihood(c)), Counts.STEPS);
    }
    return p;
  }

  /// The best logarithm of the likelihood without one cause; -1 leaves none out.
  private double likelihood(int without) {
    int grounds = causes.length * Counts.STEPS;
    int[] cells = cells(without);
    int width = cells.length / n;
    var rate = new double[exposed.length];
    double watched = Arrays.stream(exposed, grounds, exposed.length).sum();
    Arrays.fill(rate, Arrays.stream(times).sum() / Math.max(1, watched));
    double sum = Double.NEGATIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      var explained = new double[rate.length];
      double now = 0;
      for (int i = 0; i < n; i++) {
        double share = placeShare[(int) (moments[i] & (1 << PLACE_BITS) - 1)];
        double background = rate[cells[i * width]] * share;
        double all = background;
        for (int e = i * width + 1; e < (i + 1) * width && cells[e] >= 0; e++) {
          all += rate[cells[e]];
        }
        all = Math.max(all, 1e-300);
        now += times[i] * Math.log(all);
        double part = times[i] / all;
        explained[cells[i * width]] += background * part;
        for (int e = i * width + 1; e < (i + 1) * width && cells[e] >= 0; e++) {
          explained[cells[e]] += rate[cells[e]] * part;
        }
      }
      for (int r = 0; r < rate.length; r++) {
        boolean isOut = r < grounds && r / Counts.STEPS == without;
        now -= isOut ? 0 : rate[r] * exposed[r];
        rate[r] = explained[r] / Math.max(1e-9, exposed[r]);
      }
      if (now - sum < ENOUGH && round > 3) {
        return now;
      }
      sum = now;
    }
    return sum;
  }

  /// By moment: its background, then what is open of the causes, then −1.
  private int[] cells(int without) {
    int width = causes.length + 2;
    var cells = new int[n * width];
    Arrays.fill(cells, -1);
    for (int i = 0; i < n; i++) {
      long moment = moments[i] >>> PLACE_BITS;
      int at = i * width;
      cells[at++] = causes.length * Counts.STEPS + (int) (moment & MASK);
      for (int c = causes.length - 1; c >= 0; c--) {
        moment >>>= BITS;
        int step = (int) (moment & MASK) - 1;
        if (step >= 0 && c != without) {
          cells[at++] = c * Counts.STEPS + step;
        }
      }
    }
    return cells;
  }
}

package io.grace.intelligence.online;

import io.grace.intelligence.interval.BoundTracker;

/// What a new value does to the state of its series: forecasts that come due are judged, experts
/// learn, and the next forecast is made and put among the pending.
///
/// Time is counted in rows or in seconds since the first row, as the lead is. Until a series is as
/// old as its lead is long, it is judged by forecasts over a quarter of the lead: a leak must be
/// seen before it has leaked for as long as one looks ahead.
///
/// *Owned by its bank*, whose scratch this holds.
final class PointByPoint {
  /// Differences from the origin beyond this would leave the range of single precision when others
  /// are computed with them.
  static final double MOST = 1e30;

  /// Steps that count of a longer gap.
  private static final int MOST_ELAPSED = 64;

  private static final int EARLY_SHARE = 4;

  /// Until a forecast over the whole lead has come due, its error is taken for that of a random
  /// walk: the root of four quarters of the lead.
  private static final double EARLY_WIDTH = 2;

  private final Layout layout;
  private final Experts experts;
  private final double[] answers;
  private final boolean isInRows;

  /// Rows or seconds.
  private final int lead;

  PointByPoint(Layout layout) {
    this.layout = layout;
    experts = new Experts(layout);
    answers = new double[layout.experts];
    isInRows = layout.form.lead() instanceof Lead.Steps;
    lead =
        switch (layout.form.lead()) {
          case Lead.Steps(int count) -> count;
          case Lead.Seconds(int count) -> count;
        };
  }

  void reset(Slice s) {
    experts.reset(s);
  }

  /// @param first second of the epoch of the first row
  /// @param value less the origin
  /// @return whether it was taken
  boolean update(Slice s, long first, long second, double value) {
    boolean isMissing = !(Math.abs(value) <= MOST);
    long sinceFirst = second - first;
    if (!isInRows && (isMissing || isLate(s, sinceFirst))) {
      return false;
    }
    s.count(Layout.ROWS, s.count(Layout.ROWS) + 1);
    s.count(Layout.MISSING, s.count(Layout.MISSING) + 1);
    if (isMissing) {
      return false;
    }
    int rows = s.count(Layout.MISSING);
    int elapsed = elapsed(s, sinceFirst);
    s.count(Layout.MISSING, 0);
    int before = isInRows ? s.count(Layout.ROWS) - rows : s.count(Layout.SECOND);
    s.count(Layout.SECOND, Math.clamp(sinceFirst, Integer.MIN_VALUE, Integer.MAX_VALUE));
    lookAt(s, before, value);
    int steps = leadSteps(s);
    experts.learn(s, value, elapsed, steps, second);
    forecast(s, second, steps);
    return true;
  }

  private static boolean isLate(Slice s, long sinceFirst) {
    return sinceFirst > Integer.MAX_VALUE
        || sinceFirst < 0
        || s.count(Layout.SEEN) > 0 && sinceFirst <= s.count(Layout.SECOND);
  }

  /// Steps since the value before, while the usual step is learnt as a running median.
  private int elapsed(Slice s, long sinceFirst) {
    if (s.count(Layout.SEEN) == 0) {
      s.count(Layout.STEP, 1);
      return 1;
    }
    int rows = Math.min(MOST_ELAPSED, s.count(Layout.MISSING));
    long passed = sinceFirst - s.count(Layout.SECOND);
    int step = s.count(Layout.STEP);
    if (passed > 0 && passed <= Integer.MAX_VALUE) {
      if (s.count(Layout.SEEN) == 1) {
        step = (int) Math.max(1, passed / rows);
      } else if (rows == 1) {
        int most = Math.max(1, step / 8);
        step += Math.clamp(passed - step, -most, most);
      }
      s.count(Layout.STEP, step);
    }
    return isInRows ? rows : Math.clamp((passed + step / 2) / step, 1, MOST_ELAPSED);
  }

  private int leadSteps(Slice s) {
    return isInRows ? lead : steps(lead, s.count(Layout.STEP));
  }

  private static int steps(int seconds, int step) {
    return Math.clamp((seconds + (long) step / 2) / step, 1, Lead.MOST_STEPS);
  }

  private int now(Slice s) {
    return s.count(isInRows ? Layout.ROWS : Layout.SECOND);
  }

  /// Looks at the pending forecasts with a new value, and judges those that are due.
  ///
  /// @param before when the value before it was
  private void lookAt(Slice s, int before, double value) {
    int now = now(s);
    int step = isInRows ? 1 : s.count(Layout.STEP);
    int late = isInRows ? 0 : Math.max(step, lead / EARLY_SHARE);
    for (int i = 0; i < layout.form.pending(); i++) {
      int due = s.count(Layout.DUE + i);
      if (due == 0) {
        continue;
      }
      int length = due > 0 ? lead : early(step);
      due = Math.abs(due);
      int at = s.at + layout.pendingAt + i * layout.pendingSize;
      // What was due in a gap has no actual value.
      boolean isJudged = now - due <= late;
      if (isJudged && quarters(now, due, length, step) > quarters(before, due, length, step)) {
        double share = Math.clamp(1 - (double) (due - now) / length, 0, 1);
        Breakaway.look(s, layout, at, share, value);
      }
      if (due <= now + step / 2) {
        if (isJudged) {
          judge(s, at, value);
          int full = s.count(Layout.DUE + i) > 0 ? 1 : 0;
          s.count(Layout.SCORED_IN_FULL, s.count(Layout.SCORED_IN_FULL) + full);
        }
        s.count(Layout.DUE + i, 0);
      }
    }
  }

  /// Quarters of its way that a forecast has gone at some time.
  private static long quarters(int at, int due, int length, int step) {
    return Math.floorDiv(Breakaway.LOOKS * ((long) at + step / 2 - due), length);
  }

  private int early(int step) {
    return Math.max(step, lead / EARLY_SHARE);
  }

  private void judge(Slice s, int answersAt, double value) {
    int count = layout.experts;
    int scored = s.count(Layout.SCORED);
    // The error that matters from now on is that of whoever answers now.
    int answer = answering(s);
    BoundTracker.learn(
        s.f,
        s.at + Layout.BOUNDS,
        scored,
        s.f[answersAt + count + 1],
        s.f[answersAt + answer],
        s.f[answersAt + count + 2],
        value);
    experts.judge(s, answersAt, value);
    Mixture.judge(s, layout, answersAt, value);
    s.count(Layout.SCORED, scored + 1);
  }

  private void forecast(Slice s, long second, int steps) {
    int now = now(s);
    int step = isInRows ? 1 : s.count(Layout.STEP);
    boolean isEarly = now < lead && s.count(Layout.SCORED_IN_FULL) == 0;
    if (isEarly) {
      int early = early(step);
      int ahead = isInRows ? early : steps(early, step);
      answer(s, second, steps, ahead);
      await(s, now, step, early, -1);
    }
    double mixed = answer(s, second, steps, steps);
    s.set(Layout.FORECAST, given(s, mixed));
    if (!isEarly) {
      await(s, now, step, lead, 1);
    }
  }

  /// Which answer is given: that of an expert or, one after the last, the mixed one.
  int answering(Slice s) {
    boolean isTrusted = Mixture.isTrusted(s, layout);
    if (Breakaway.isTrend(s, layout, isTrusted)) {
      return Experts.TREND;
    }
    return isTrusted ? layout.experts : Experts.NAIVE;
  }

  private double given(Slice s, double mixed) {
    int answer = answering(s);
    return answer == layout.experts ? mixed : answers[answer];
  }

  private double answer(Slice s, long second, int steps, int ahead) {
    long due = second + (long) ahead * s.count(Layout.STEP);
    experts.forecast(s, steps, ahead, second, due, answers);
    return Mixture.mix(s, layout, answers);
  }

  /// Puts the answers among the pending, if there is room and the one before was long enough ago.
  ///
  /// @param sign negative for a forecast over less than the lead
  private void await(Slice s, int now, int step, int ahead, int sign) {
    int free = -1;
    int latest = 0;
    for (int i = 0; i < layout.form.pending(); i++) {
      int due = Math.abs(s.count(Layout.DUE + i));
      latest = Math.max(latest, due);
      free = due == 0 ? i : free;
    }
    int apart = Math.max(step, Math.ceilDiv(ahead, layout.form.pending()));
    if (free < 0 || latest > 0 && now + ahead - latest < apart - step / 2) {
      return;
    }
    int at = s.at + layout.pendingAt + free * layout.pendingSize;
    for (int i = 0; i < layout.experts; i++) {
      s.f[at + i] = (float) answers[i];
    }
    double mixed = Mixture.mix(s, layout, answers);
    double given = given(s, mixed);
    s.f[at + layout.experts] = (float) mixed;
    s.f[at + layout.experts + 1] = (float) (given - below(s));
    s.f[at + layout.experts + 2] = (float) (given + above(s));
    s.count(Layout.DUE + free, sign * (now + ahead));
  }

  static double below(Slice s) {
    return width(s) * BoundTracker.below(s.f, s.at + Layout.BOUNDS);
  }

  static double above(Slice s) {
    return width(s) * BoundTracker.above(s.f, s.at + Layout.BOUNDS);
  }

  static double deviation(Slice s) {
    return width(s) * BoundTracker.deviation(s.f, s.at + Layout.BOUNDS);
  }

  private static double width(Slice s) {
    return s.count(Layout.SCORED_IN_FULL) == 0 ? EARLY_WIDTH : 1;
  }
}

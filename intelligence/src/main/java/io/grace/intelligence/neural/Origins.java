package io.grace.intelligence.neural;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Which windows are learnt from and which are held out: those that forecast into the tail of a
/// series are held out, and no window that is learnt from reaches into it. *Immutable.*
final class Origins {
  /// Of one series; more would let the long ones decide when to stop.
  private static final int MOST_HELD_OUT = 8;

  private final List<Range> ranges;
  private final List<Origin> heldOut;

  private Origins(List<Range> ranges, List<Origin> heldOut) {
    this.ranges = ranges;
    this.heldOut = heldOut;
  }

  /// @param at index of the first step ahead
  record Origin(Series series, int at) {}

  private record Range(Series series, int first, int last) {}

  static Origins of(TrainingPlan plan, List<Series> all) {
    Window window = plan.window();
    int horizon = window.horizon();
    var ranges = new ArrayList<Range>();
    var heldOut = new ArrayList<Origin>();
    for (Series series : all) {
      if (series.covariates() != window.covariates()) {
        throw new IllegalArgumentException(
            "wanted %d covariates: %d".formatted(window.covariates(), series.covariates()));
      }
      int tail = series.length() - plan.heldOut();
      int last = tail - horizon;
      if (last >= window.history()) {
        ranges.add(new Range(series, window.history(), last));
        int fit = Math.min(MOST_HELD_OUT, plan.heldOut() / horizon);
        for (int i = 0; i < fit; i++) {
          int spread = fit == 1 ? 0 : (int) ((long) i * (plan.heldOut() - horizon) / (fit - 1));
          heldOut.add(new Origin(series, tail + spread));
        }
      }
    }
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException(
          "needs a series of %d values: none of %d is as long"
              .formatted(window.history() + horizon + plan.heldOut(), all.size()));
    }
    return new Origins(ranges, heldOut);
  }

  /// Every series is as likely as any other.
  Origin draw(SplittableRandom random) {
    Range range = ranges.get(random.nextInt(ranges.size()));
    return new Origin(range.series, random.nextInt(range.first, range.last + 1));
  }

  List<Origin> heldOut() {
    return heldOut;
  }
}

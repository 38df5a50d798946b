package io.grace.domains.temporal;

import io.grace.domains.series.Recorded;
import io.grace.intelligence.forecast.Accuracy;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.OptionalDouble;

/// What one series was said to be, and how that turned out. *Owned by whoever holds its lock.*
final class Track {
  /// Of a score when the next one comes: about twenty count.
  private static final double DISCOUNT = 0.95;

  /// Discounted scores without which nothing is said.
  private static final double LEAST = 5;

  private final Deque<Said> open = new ArrayDeque<>();
  private LagModel model;
  private long saidUntil;
  private double weight;
  private double error;
  private double naive;

  /// @param path the steps after the origin
  /// @param last the value at the origin, which naive would have said
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Said(long origin, double[] path, double last) {}

  Track(LagModel model) {
    this.model = model;
    this.saidUntil = model.learntUntil();
  }

  LagModel model() {
    return model;
  }

  /// Forecasts by another model from now on; what was said by the one before does not count.
  void begin(LagModel next) {
    model = next;
    open.clear();
    weight = 0;
    error = 0;
    naive = 0;
    saidUntil = next.learntUntil();
  }

  /// Says what follows each moment that is new, and scores what has come.
  ///
  /// @return how many forecasts were made
  int look(Recorded recorded, int horizon) {
    int made = 0;
    double[] values = recorded.values();
    for (int known = model.lags(); known <= values.length; known++) {
      long origin = recorded.secondOf(known - 1);
      if (origin > saidUntil) {
        open.add(new Said(origin, model.forecast(values, known, horizon), values[known - 1]));
        saidUntil = origin;
        made++;
      }
    }
    while (!open.isEmpty() && isOver(open.peek(), recorded, horizon)) {
      score(open.remove(), recorded, horizon);
    }
    return made;
  }

  private static int indexOf(Said said, Recorded recorded) {
    long steps = (recorded.newest() - said.origin()) / recorded.step();
    return (int) Math.max(-1, recorded.values().length - 1 - steps);
  }

  private static boolean isOver(Said said, Recorded recorded, int horizon) {
    return indexOf(said, recorded) + horizon < recorded.values().length;
  }

  private void score(Said said, Recorded recorded, int horizon) {
    int at = indexOf(said, recorded);
    if (at < 0) {
      return; // What came is no longer there to be compared with.
    }
    double[] came = Arrays.copyOfRange(recorded.values(), at + 1, at + 1 + horizon);
    double[] same = new double[horizon];
    Arrays.fill(same, said.last());
    weight = DISCOUNT * weight + 1;
    error = DISCOUNT * error + Accuracy.mae(came, said.path());
    naive = DISCOUNT * naive + Accuracy.mae(came, same);
  }

  /// The naive forecast's share of both errors; empty until enough was scored.
  OptionalDouble accuracy() {
    if (weight < LEAST) {
      return OptionalDouble.empty();
    }
    double both = error + naive;
    return OptionalDouble.of(both == 0 ? 1 : naive / both);
  }
}

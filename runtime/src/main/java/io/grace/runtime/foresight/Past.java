package io.grace.runtime.foresight;

import io.grace.intelligence.online.SeriesBank;
import org.jspecify.annotations.Nullable;

/// What is remembered of one metric of one service: its values, and what experts made of them so
/// far, in a slot of a bank. Not thread-safe.
final class Past {
  private final History history = new History();
  private final Trace trace = new Trace();
  private final SeriesBank bank;
  private final int slot;

  /// Null if it is one of too many to be watched so closely.
  private final @Nullable Oddity oddity;

  private double newest;

  Past(SeriesBank bank, @Nullable Oddity oddity) {
    this.bank = bank;
    this.oddity = oddity;
    this.slot = bank.open();
  }

  void add(long epochSecond, double value) {
    long before = history.newestSecond();
    history.add(epochSecond, value);
    trace.add(epochSecond, value);
    newest = value;
    if (oddity != null) {
      oddity.add(epochSecond, value);
    }
    if (history.size() == 1 || history.newestSecond() > before) {
      bank.update(slot, history.newestSecond(), value);
    }
  }

  /// Gives its slot back.
  void forget() {
    bank.free(slot);
  }

  boolean isWatchedClosely() {
    return oddity != null;
  }

  /// The highest anomaly score since this was asked last, in [0, 1].
  double takeScore() {
    return oddity == null ? 0 : oddity.takeScore();
  }

  History history() {
    return history;
  }

  Trace trace() {
    return trace;
  }

  double newest() {
    return newest;
  }

  /// What the experts expect one lead from now.
  double forecast() {
    return bank.forecast(slot);
  }

  double deviation() {
    return bank.deviation(slot);
  }

  /// Forecasts that were judged so far.
  int scored() {
    return bank.scored(slot);
  }
}

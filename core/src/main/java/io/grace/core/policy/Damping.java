package io.grace.core.policy;

import java.time.Duration;

/// How alerts of one source are kept from flapping; those with the same group are damped together.
/// The names are those of event-driven automation: what happens once, and when. *Immutable.*
public sealed interface Damping {
  Damping NONE = new Straight();

  /// How long a state must last before it counts; zero if nothing is damped.
  Duration window();

  /// Every alert counts at once.
  record Straight() implements Damping {
    @Override
    public Duration window() {
      return Duration.ZERO;
    }

    @Override
    public String toString() {
      return "straight";
    }
  }

  /// The first of a group counts at once, the next not before the window is over.
  record OnceWithin(Duration window) implements Damping {
    public OnceWithin {
      requireWindow(window);
    }

    @Override
    public String toString() {
      return "once_within " + window.toSeconds() + " s";
    }
  }

  /// An alert counts if it is still on at the end of the window.
  record OnceAfter(Duration window) implements Damping {
    public OnceAfter {
      requireWindow(window);
    }

    @Override
    public String toString() {
      return "once_after " + window.toSeconds() + " s";
    }
  }

  /// Alerts of a group count once so many were reported within the window.
  ///
  /// @param threshold 2–1000
  record AccumulateWithin(Duration window, int threshold) implements Damping {
    public AccumulateWithin {
      requireWindow(window);
      if (threshold < 2 || threshold > 1000) {
        throw new IllegalArgumentException("threshold must be 2–1000: " + threshold);
      }
    }

    @Override
    public String toString() {
      return "accumulate_within " + window.toSeconds() + " s, threshold " + threshold;
    }
  }

  private static void requireWindow(Duration window) {
    if (window.isNegative() || window.isZero() || window.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a window is longer than 0 and at most a day: " + window);
    }
  }
}

package io.grace.intelligence.online;

/// How far ahead of its newest value a series is forecast.
public sealed interface Lead {
  /// More steps are no longer a matter of the next minutes; a coarser step serves better.
  int MOST_STEPS = 120;

  /// So many rows, however far they are apart.
  record Steps(int count) implements Lead {
    public Steps {
      if (count < 1 || count > MOST_STEPS) {
        throw new IllegalArgumentException("steps must be in [1, " + MOST_STEPS + "]: " + count);
      }
    }
  }

  /// So much time. How many steps that is, each series tells by its own step; more than
  /// [#MOST_STEPS] count as that.
  record Seconds(int count) implements Lead {
    /// A day.
    private static final int MOST = 86_400;

    public Seconds {
      if (count < 1 || count > MOST) {
        throw new IllegalArgumentException("seconds must be in [1, " + MOST + "]: " + count);
      }
    }
  }
}

package io.grace.core.policy;

import io.grace.core.model.SourceId;
import java.time.Duration;
import java.util.Map;

/// How what is heard is put together. *Immutable.*
///
/// @param storm when there is too much at once
/// @param damping by source; a source that is not named is not damped
/// @param correlateWithin incidents of services that depend on each other are one if they began
///   within
/// @param linger how long an alert that was on before a run helped may take to go away
/// @param callsKept a learned call that nobody saw for longer is forgotten
/// @param changesWithin a change counts as a possible cause for so long
/// @param standBack after somebody else touched a sick service, GRACE leaves it alone for so long;
///   zero for not at all
public record Sensing(
    Storm storm,
    Map<SourceId, Damping> damping,
    Duration correlateWithin,
    Duration linger,
    Duration callsKept,
    Duration changesWithin,
    Duration standBack) {
  /// @param enter onsets a minute from which on it is a storm, at most [#MOST_ONSETS]
  /// @param exit it is over below so many a minute, for as long as `hold`; less than `enter`
  /// @param hold at least a minute
  public record Storm(int enter, int exit, Duration hold) {
    /// Onsets that are remembered.
    public static final int MOST_ONSETS = 256;

    public Storm {
      if (enter < 2 || enter > MOST_ONSETS) {
        throw new IllegalArgumentException("enter must be 2–" + MOST_ONSETS + ": " + enter);
      }
      if (exit < 1 || exit >= enter) {
        throw new IllegalArgumentException(
            "exit must be at least 1 and below enter, so that a storm does not flicker: "
                + exit
                + ", "
                + enter);
      }
      if (hold.compareTo(Duration.ofMinutes(1)) < 0
          || exit * hold.toSeconds() / 60 >= MOST_ONSETS) {
        throw new IllegalArgumentException(
            "hold must be at least a minute, and exit times its minutes below "
                + MOST_ONSETS
                + ": "
                + hold);
      }
    }
  }

  public static final Sensing DEFAULTS =
      new Sensing(
          new Storm(60, 15, Duration.ofMinutes(2)),
          Map.of(),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          Duration.ofHours(24),
          Duration.ofHours(2),
          Duration.ofMinutes(10));

  public Sensing {
    damping = Map.copyOf(damping);
    if (standBack.isNegative()) {
      throw new IllegalArgumentException("stand_back must not be negative: " + standBack);
    }
  }

  public Damping damping(SourceId source) {
    return damping.getOrDefault(source, Damping.NONE);
  }
}

package io.grace.intelligence.anomaly;

import java.time.Duration;
import java.util.Arrays;

/// What is usual at this time of a season: quantiles of the last readings that fell into the same
/// part of it, exact and in bounded memory. A part that changes for good is usual again once half
/// of its readings are new. *Owned by one series; not thread-safe.*
public final class SeasonalQuantiles {
  private static final int KIND = 0x5EA5;
  private static final int VERSION = 1;

  private final int parts;
  private final int kept;
  private final long seasonSeconds;

  /// By part: the readings in the order in which they came, a ring, and the same in order of size.
  private final float[] ring;

  private final float[] sorted;
  private final int[] seen;

  /// @param parts into which the season is cut, at least 1
  /// @param kept how many readings each part remembers, at least 3
  public SeasonalQuantiles(Duration season, int parts, int kept) {
    if (season.toSeconds() < parts || parts < 1 || kept < 3) {
      throw new IllegalArgumentException(
          "needs a season of 1 s a part or more, 1 part and 3 kept: %s, %d, %d"
              .formatted(season, parts, kept));
    }
    this.parts = parts;
    this.kept = kept;
    this.seasonSeconds = season.toSeconds();
    this.ring = new float[parts * kept];
    this.sorted = new float[parts * kept];
    this.seen = new int[parts];
  }

  /// How many readings the part of the season that holds this time remembers.
  public int known(long epochSecond) {
    return Math.min(kept, seen[part(epochSecond)]);
  }

  /// The value below which this share of the readings of that part lies, interpolated; NaN if it
  /// remembers none.
  ///
  /// @param share in [0, 1]
  public double quantile(long epochSecond, double share) {
    int part = part(epochSecond);
    int known = Math.min(kept, seen[part]);
    if (known == 0) {
      return Double.NaN;
    }
    double rank = share * (known - 1);
    int below = (int) rank;
    double low = sorted[part * kept + below];
    double high = sorted[part * kept + Math.min(known - 1, below + 1)];
    return low + (rank - below) * (high - low);
  }

  /// @param value finite
  public void learn(long epochSecond, double value) {
    int part = part(epochSecond);
    int from = part * kept;
    int known = Math.min(kept, seen[part]);
    int slot = from + seen[part] % kept;
    float next = (float) value;
    if (known == kept) {
      int gone = Arrays.binarySearch(sorted, from, from + known, ring[slot]);
      System.arraycopy(sorted, gone + 1, sorted, gone, from + known - gone - 1);
      known--;
    }
    int found = Arrays.binarySearch(sorted, from, from + known, next);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, from + known - at);
    sorted[at] = next;
    ring[slot] = next;
    seen[part] = seen[part] == 2 * kept - 1 ? kept : seen[part] + 1;
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(parts).put(kept).put(seasonSeconds);
    out.put(ring).put(sorted).put(seen);
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    in.integer(parts, parts);
    in.integer(kept, kept);
    if (in.longInteger() != seasonSeconds) {
      throw new IllegalArgumentException("state must be of a season of " + seasonSeconds + " s");
    }
    in.fill(ring);
    in.fill(sorted);
    in.fill(seen, 0, 2 * kept - 1);
  }

  private int part(long epochSecond) {
    return (int) (Math.floorMod(epochSecond, seasonSeconds) * parts / seasonSeconds);
  }
}

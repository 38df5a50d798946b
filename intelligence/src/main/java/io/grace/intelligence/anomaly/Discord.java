package io.grace.intelligence.anomaly;

/// How unlike any earlier stretch the newest stretch of a series is: its Euclidean distance to the
/// nearest of those that are remembered. *Owned by one series; not thread-safe.*
///
/// A discord is the stretch that is farthest from its nearest neighbour (Keogh, Lin & Fu, *HOT
/// SAX*, ICDM 2005); compared with the past alone this is the left matrix profile (Yeh et al.,
/// *Matrix Profile I*, ICDM 2016; Lu et al., *Matrix Profile XXIV: DAMP*, KDD 2022, section 3).
/// GRACE does not normalise the stretches, since a level is no noise in operations, bounds the
/// past, and gives a comparison up as soon as it cannot be the nearest any more.
public final class Discord {
  private static final int KIND = 0xD15C;
  private static final int VERSION = 1;

  private final int length;
  private final float[] ring;
  private long seen;

  /// @param length of a stretch, in readings
  /// @param remembered readings, at least four stretches
  public Discord(int length, int remembered) {
    if (length < 2 || remembered < 4 * length) {
      throw new IllegalArgumentException(
          "needs a length of 2 and 4 lengths remembered: " + length + ", " + remembered);
    }
    this.length = length;
    // Twice, so that every stretch lies in one piece.
    this.ring = new float[2 * remembered];
  }

  /// Adds a reading.
  ///
  /// @param value finite
  /// @return the distance of the stretch that it ends; NaN while fewer than two stretches were seen
  public double learn(double value) {
    int half = ring.length / 2;
    int at = (int) (seen % half);
    ring[at] = (float) value;
    ring[at + half] = (float) value;
    seen++;
    if (seen < 3L * length) {
      return Double.NaN;
    }
    int newest = at + half;
    // A stretch that overlaps the newest would be near for no reason.
    int reach = (int) Math.min(seen, half) - length;
    double nearest = Double.POSITIVE_INFINITY;
    for (int back = length; back <= reach; back++) {
      double distance = 0;
      for (int i = 0; i < length && distance < nearest; i++) {
        int j = newest - i;
        double off = ring[j] - ring[j - back < 0 ? j - back + half : j - back];
        distance += off * off;
      }
      nearest = Math.min(nearest, distance);
    }
    return Math.sqrt(nearest);
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(length).put(ring).put(seen);
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    in.integer(length, length);
    in.fill(ring);
    seen = in.longInteger();
  }
}

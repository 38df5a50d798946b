package io.grace.intelligence.drift;

/// A window over a stream that is as long as its mean has stood still: it grows while nothing
/// changes and drops its oldest part when two parts of it differ by more than chance allows (Bifet
/// & Gavaldà, *Learning from Time-Changing Data with Adaptive Windowing*, SDM 2007, ADWIN2). *Owned
/// by one thread.*
///
/// At a moment at which the mean has not moved, the chance of a drop is at most delta (theorem
/// 3.1). For parts of n₀ and n₁ values, 1/m = 1/n₀ + 1/n₁, variance σ² of the window and δ' = δ /
/// ln n, they differ if the means are apart by more than √(2/m σ² ln(2/δ')) + 2/(3m) ln(2/δ')
/// (section 4). The window is an exponential histogram of at most five buckets of each power of
/// two, so it takes memory of O(log n) and compares O(log n) pairs of parts.
///
/// GRACE differs in three things: it looks for a cut at every eighth value only; values are scaled
/// from [low, high] to [0, 1] and held there, as the bound asks for bounded ones; and the window
/// has a greatest length, after which the oldest bucket goes.
public final class Adwin {
  private static final int VERSION = 1;
  private static final int HEAD = 8;

  /// Buckets of one size; M of the paper.
  private static final int ALIKE = 5;

  /// One more for the moment before two are merged.
  private static final int ROOM = ALIKE + 1;

  /// Sizes 1 … 2²⁰: five million values are a fortnight of seconds and more.
  private static final int ROWS = 21;

  private static final int EVERY = 8;

  /// A part of fewer values has no mean worth comparing.
  private static final int LEAST = 5;

  private final double delta;
  private final double low;
  private final double high;

  // The window; owned by whoever owns the stream. Row r holds buckets of 2ʳ values, oldest first.
  private final int[] buckets = new int[ROWS];
  private final double[] sums = new double[ROWS * ROOM];

  /// Sums of squared deviations from each bucket's mean.
  private final double[] squares = new double[ROWS * ROOM];

  private long length;
  private double sum;
  private double spread;
  private int untilLook = EVERY;

  /// What became of the mean.
  public enum Change {
    NONE,
    ROSE,
    FELL
  }

  /// @param delta chance of a false alarm at a look, in (0, 1)
  /// @param low values below count as low
  /// @param high values above count as high; more than low
  public Adwin(double delta, double low, double high) {
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must be in (0, 1): " + delta);
    }
    if (!(low < high && Double.isFinite(high - low))) {
      throw new IllegalArgumentException("low must be below high: " + low + ", " + high);
    }
    this.delta = delta;
    this.low = low;
    this.high = high;
  }

  /// Takes the next value.
  ///
  /// @param value finite
  /// @return how the mean of what is left differs from that of what was dropped now, if anything
  ///   was
  public Change add(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value must be finite: " + value);
    }
    double scaled = (Math.clamp(value, low, high) - low) / (high - low);
    if (length > 0) {
      double off = scaled - sum / length;
      spread += off * off * length / (length + 1.0);
    }
    length++;
    sum += scaled;
    append(0, scaled, 0);
    untilLook--;
    if (untilLook > 0) {
      return Change.NONE;
    }
    untilLook = EVERY;
    return look();
  }

  /// How many values the window holds.
  public long length() {
    return length;
  }

  /// Mean of the window; low if it is empty.
  public double mean() {
    return low + (length == 0 ? 0 : sum / length) * (high - low);
  }

  public double deviation() {
    return length == 0 ? 0 : Math.sqrt(spread / length) * (high - low);
  }

  /// A full row passes its two oldest buckets on as one.
  private void append(int row, double bucketSum, double bucketSquares) {
    int at = row * ROOM + buckets[row];
    sums[at] = bucketSum;
    squares[at] = bucketSquares;
    buckets[row]++;
    if (buckets[row] <= ALIKE) {
      return;
    }
    if (row == ROWS - 1) {
      dropOldest();
      return;
    }
    int first = row * ROOM;
    double size = 1L << row;
    double apart = (sums[first] - sums[first + 1]) / size;
    double together = squares[first] + squares[first + 1] + apart * apart * size / 2;
    double both = sums[first] + sums[first + 1];
    shift(row, 2);
    append(row + 1, both, together);
  }

  private void shift(int row, int by) {
    int first = row * ROOM;
    buckets[row] -= by;
    System.arraycopy(sums, first + by, sums, first, buckets[row]);
    System.arraycopy(squares, first + by, squares, first, buckets[row]);
  }

  private Change look() {
    double dropped = 0;
    long count = 0;
    while (differs()) {
      int row = oldestRow();
      dropped += sums[row * ROOM];
      count += 1L << row;
      dropOldest();
    }
    if (count == 0) {
      return Change.NONE;
    }
    return sum / length > dropped / count ? Change.ROSE : Change.FELL;
  }

  /// Whether any cut between buckets parts the window in two that differ.
  private boolean differs() {
    if (length < 2 * LEAST) {
      return false;
    }
    double unlikely = Math.log(2 * Math.log(length) / delta);
    double variance = spread / length;
    long older = 0;
    double olderSum = 0;
    for (int row = oldestRow(); row >= 0; row--) {
      for (int i = 0; i < buckets[row]; i++) {
        older += 1L << row;
        olderSum += sums[row * ROOM + i];
        long newer = length - older;
        if (newer < LEAST) {
          return false;
        }
        double m = 1.0 / older + 1.0 / newer;
        double bound = Math.sqrt(2 * m * variance * unlikely) + 2.0 / 3 * m * unlikely;
        double apart = Math.abs(olderSum / older - (sum - olderSum) / newer);
        if (older >= LEAST && apart > bound) {
          return true;
        }
      }
    }
    return false;
  }

  private int oldestRow() {
    int row = ROWS - 1;
    while (row > 0 && buckets[row] == 0) {
      row--;
    }
    return row;
  }

  private void dropOldest() {
    shift(oldestRow(), 1);
    // Summed up anew: to subtract would leave rounding errors behind for ever.
    length = 0;
    sum = 0;
    spread = 0;
    for (int row = oldestRow(); row >= 0; row--) {
      double size = 1L << row;
      for (int i = 0; i < buckets[row]; i++) {
        int at = row * ROOM + i;
        double apart = length == 0 ? 0 : sums[at] / size - sum / length;
        spread += squares[at] + apart * apart * length * size / (length + size);
        length += 1L << row;
        sum += sums[at];
      }
    }
  }

  /// All of it, to be kept and given to [#of(double...)].
  public double[] state() {
    int filled = oldestRow() + 1;
    int all = 0;
    for (int row = 0; row < filled; row++) {
      all += buckets[row];
    }
    var state = new double[HEAD + filled + 2 * all];
    double[] head = {VERSION, delta, low, high, untilLook, sum, spread, filled};
    System.arraycopy(head, 0, state, 0, HEAD);
    int at = HEAD;
    for (int row = 0; row < filled; row++) {
      state[at++] = buckets[row];
      for (int i = 0; i < buckets[row]; i++) {
        state[at++] = sums[row * ROOM + i];
        state[at++] = squares[row * ROOM + i];
      }
    }
    return state;
  }

  /// @param state what [#state()] gave
  /// @throws IllegalArgumentException if it is not that
  public static Adwin of(double... state) {
    if (state.length < HEAD || state[0] != VERSION) {
      throw new IllegalArgumentException(
          "wanted a state of version %d: %s"
              .formatted(VERSION, state.length == 0 ? "nothing" : state[0]));
    }
    var adwin = new Adwin(state[1], state[2], state[3]);
    adwin.untilLook = whole("values until a look", state[4], 1, EVERY);
    int filled = whole("rows", state[7], 1, ROWS);
    int at = HEAD;
    for (int row = 0; row < filled; row++) {
      need(state, at, 1);
      adwin.buckets[row] = whole("buckets", state[at++], 0, ALIKE);
      need(state, at, 2 * adwin.buckets[row]);
      for (int i = 0; i < adwin.buckets[row]; i++) {
        double size = 1L << row;
        adwin.sums[row * ROOM + i] = within("sum", state[at++], size);
        adwin.squares[row * ROOM + i] = within("squares", state[at++], size);
        adwin.length += 1L << row;
      }
    }
    adwin.sum = within("sum", state[5], adwin.length);
    adwin.spread = within("spread", state[6], adwin.length);
    if (at != state.length) {
      throw new IllegalArgumentException("wanted %d numbers: %d".formatted(at, state.length));
    }
    return adwin;
  }

  private static void need(double[] state, int at, int more) {
    if (at + more > state.length) {
      throw new IllegalArgumentException(
          "wanted %d numbers or more: %d".formatted(at + more, state.length));
    }
  }

  private static int whole(String what, double found, int least, int most) {
    if (!(found >= least && found <= most && found == Math.rint(found))) {
      throw new IllegalArgumentException(
          "%s must be in [%d, %d]: %s".formatted(what, least, most, found));
    }
    return (int) found;
  }

  /// Scaled values lie in [0, 1], so neither their sum nor their squares pass their number; a hair
  /// more for rounding.
  private static double within(String what, double found, double most) {
    double hair = 1e-9 * (1 + most);
    if (!(found >= -hair && found <= most + hair)) {
      throw new IllegalArgumentException("%s must be in [0, %s]: %s".formatted(what, most, found));
    }
    return found;
  }
}

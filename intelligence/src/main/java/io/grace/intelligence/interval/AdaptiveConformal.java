package io.grace.intelligence.interval;

import java.nio.ByteBuffer;

/// A 95 % interval on top of one model of one series that may be any model; see [BoundTracker] for
/// the method. Give each forecast its bounds when it is made, and tell here what came of it. *Owned
/// by one thread at a time.*
public final class AdaptiveConformal {
  private static final byte VERSION = 1;
  private static final int BYTES = 1 + Long.BYTES + BoundTracker.SIZE * Float.BYTES;

  private final float[] state = new float[BoundTracker.SIZE];

  /// Actual values that were learnt from.
  private long seen;

  public AdaptiveConformal() {
    BoundTracker.reset(state, 0);
  }

  /// What [#toBytes] gave, in another place.
  ///
  /// @throws IllegalArgumentException if it is of another version or damaged
  public static AdaptiveConformal of(byte[] bytes) {
    if (bytes.length != BYTES || bytes[0] != VERSION) {
      throw new IllegalArgumentException(
          "wanted "
              + BYTES
              + " bytes of version "
              + VERSION
              + ", found "
              + bytes.length
              + (bytes.length == 0 ? "" : " of version " + bytes[0]));
    }
    var restored = new AdaptiveConformal();
    ByteBuffer from = ByteBuffer.wrap(bytes, 1, BYTES - 1);
    restored.seen = from.getLong();
    if (restored.seen < 0) {
      throw new IllegalArgumentException("values seen must be 0 and more: " + restored.seen);
    }
    for (int i = 0; i < restored.state.length; i++) {
      restored.state[i] = from.getFloat();
      if (!Float.isFinite(restored.state[i])) {
        throw new IllegalArgumentException("state must be finite: " + restored.state[i]);
      }
    }
    return restored;
  }

  public byte[] toBytes() {
    ByteBuffer to = ByteBuffer.allocate(BYTES).put(VERSION).putLong(seen);
    for (float value : state) {
      to.putFloat(value);
    }
    return to.array();
  }

  /// The lower bound for a forecast made now.
  public double low(double forecast) {
    return forecast - BoundTracker.below(state, 0);
  }

  /// The upper bound for a forecast made now.
  public double high(double forecast) {
    return forecast + BoundTracker.above(state, 0);
  }

  /// The standard deviation of the errors of late; 0 before any.
  public double deviation() {
    return BoundTracker.deviation(state, 0);
  }

  /// What came of a forecast. One that is not finite says nothing and is passed over.
  ///
  /// @param low the lower bound that it was given when it was made, and `high` the upper one
  public void learn(double low, double forecast, double high, double actual) {
    if (Double.isFinite(low)
        && Double.isFinite(forecast)
        && Double.isFinite(high)
        && Double.isFinite(actual)) {
      BoundTracker.learn(state, 0, seen, low, forecast, high, actual);
      seen++;
    }
  }
}

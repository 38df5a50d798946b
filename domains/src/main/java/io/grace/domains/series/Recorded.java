package io.grace.domains.series;

import io.grace.core.model.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The newest values of a series on an even grid, the oldest first. Its array belongs to whoever
/// asked.
///
/// @param newest when the last value was measured, in seconds since 1970; a multiple of the step
/// @param step seconds between two values
/// @param values at least one, finite
@SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
public record Recorded(SeriesId id, long newest, int step, double[] values) {
  /// When the value at an index was measured.
  public long secondOf(int index) {
    return newest - (long) (values.length - 1 - index) * step;
  }

  /// The same without what came after.
  ///
  /// @param second at least that of the first value
  public Recorded until(long second) {
    int after = (int) Math.clamp(Math.ceilDiv(newest - second, step), 0, values.length - 1);
    return new Recorded(
        id, newest - (long) after * step, step, Arrays.copyOf(values, values.length - after));
  }

  /// At most so many of the newest.
  public Recorded last(int length) {
    int from = Math.max(0, values.length - length);
    return new Recorded(id, newest, step, Arrays.copyOfRange(values, from, values.length));
  }

  /// Of name, time and values: what a model was made from.
  public Hash hash() {
    var digest = Hash.newSha256();
    digest.update(Hash.sha256(id + " " + newest + " " + step).bytes());
    var bytes = ByteBuffer.allocate(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    digest.update(bytes.array());
    return Hash.of(digest.digest());
  }
}

package io.grace.domains.ml;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import io.grace.intelligence.neural.LstmForecaster;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A trained network with a sample of what it learnt from, so that whoever serves it can tell when
/// its inputs are no longer like that. *Immutable* as long as nobody writes to its array.
///
/// @param reference the newest values that it learnt from
@SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
public record ModelArtifact(LstmForecaster model, double[] reference) {
  private static final int KIND = 0x4D4C4D44;
  private static final int VERSION = 1;
  private static final int REFERENCE_MAX = 1_024;

  static ModelArtifact of(LstmForecaster model, double[] learntFrom) {
    int from = Math.max(0, learntFrom.length - REFERENCE_MAX);
    return new ModelArtifact(model, Arrays.copyOfRange(learntFrom, from, learntFrom.length));
  }

  public byte[] toBytes() {
    var out = new Packing(KIND, VERSION);
    out.doubles(reference);
    byte[] head = out.sealed();
    byte[] body = model.toBytes();
    return ByteBuffer.allocate(Integer.BYTES + head.length + body.length)
        .putInt(head.length)
        .put(head)
        .put(body)
        .array();
  }

  /// Reads what [#toBytes()] gave.
  ///
  /// @throws IllegalArgumentException if the bytes are no artifact
  public static ModelArtifact fromBytes(byte[] bytes) {
    int length = bytes.length < Integer.BYTES ? -1 : ByteBuffer.wrap(bytes).getInt();
    if (length < 0 || length > bytes.length - Integer.BYTES) {
      throw new IllegalArgumentException("no artifact of a model: " + bytes.length + " bytes");
    }
    int end = Integer.BYTES + length;
    var in = new Unpacking(Arrays.copyOfRange(bytes, Integer.BYTES, end), KIND, VERSION);
    double[] reference = in.doubles();
    in.end();
    return new ModelArtifact(
        LstmForecaster.fromBytes(Arrays.copyOfRange(bytes, end, bytes.length)), reference);
  }
}

package io.grace.intelligence.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Reads what [Packing] wrote, and refuses anything else with an [IllegalArgumentException]. *Owned
/// by one thread.*
public final class Unpacking {
  private final ByteBuffer in;

  /// @param kind and version that are wanted
  public Unpacking(byte[] bytes, int kind, int version) {
    int end = bytes.length - Integer.BYTES;
    if (end < 2 * Integer.BYTES) {
      throw new IllegalArgumentException(
          "wanted kind, version and sum: " + bytes.length + " bytes");
    }
    in = ByteBuffer.wrap(bytes, 0, end);
    int foundKind = in.getInt();
    if (foundKind != kind) {
      throw new IllegalArgumentException("wanted kind %x: %x".formatted(kind, foundKind));
    }
    int foundVersion = in.getInt();
    if (foundVersion != version) {
      throw new IllegalArgumentException("wanted version %d: %d".formatted(version, foundVersion));
    }
    var crc = new CRC32();
    crc.update(bytes, 0, end);
    int sum = ByteBuffer.wrap(bytes).getInt(end);
    if ((int) crc.getValue() != sum) {
      throw new IllegalArgumentException(
          "damaged: sum is %x, wanted %x".formatted((int) crc.getValue(), sum));
    }
  }

  private void need(long bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new IllegalArgumentException(
          "wanted %d bytes more: %d are left".formatted(bytes, in.remaining()));
    }
  }

  public int integer() {
    need(Integer.BYTES);
    return in.getInt();
  }

  public long wide() {
    need(Long.BYTES);
    return in.getLong();
  }

  public double number() {
    return Double.longBitsToDouble(wide());
  }

  public double[] doubles() {
    int length = integer();
    need((long) length * Double.BYTES);
    var values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.getDouble();
    }
    return values;
  }

  /// Finite ones: a network with one NaN answers NaN.
  public float[] floats() {
    int length = integer();
    need((long) length * Float.BYTES);
    var values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.getFloat();
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException("number %d must be finite: %s".formatted(i, values[i]));
      }
    }
    return values;
  }

  public String text() {
    int length = integer();
    need(length);
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /// Refuses bytes that nothing asked for.
  public void end() {
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("wanted the end: " + in.remaining() + " bytes are left");
    }
  }
}

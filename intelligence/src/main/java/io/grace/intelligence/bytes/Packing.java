package io.grace.intelligence.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Writes numbers as bytes that [Unpacking] can check: kind, version, numbers, CRC-32. *Owned by
/// one thread.*
public final class Packing {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// @param kind of what is written, so that nothing is read as something else
  /// @param version of its format
  public Packing(int kind, int version) {
    integer(kind);
    integer(version);
  }

  public void integer(int value) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  public void number(double value) {
    wide(Double.doubleToLongBits(value));
  }

  public void wide(long value) {
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  public void doubles(double[] values) {
    integer(values.length);
    var all = ByteBuffer.allocate(values.length * Double.BYTES);
    all.asDoubleBuffer().put(values);
    bytes.writeBytes(all.array());
  }

  public void floats(float[] values) {
    integer(values.length);
    var all = ByteBuffer.allocate(values.length * Float.BYTES);
    all.asFloatBuffer().put(values);
    bytes.writeBytes(all.array());
  }

  public void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    integer(utf8.length);
    bytes.writeBytes(utf8);
  }

  /// The bytes; nothing is written after.
  public byte[] sealed() {
    var crc = new CRC32();
    crc.update(bytes.toByteArray());
    integer((int) crc.getValue());
    return bytes.toByteArray();
  }
}

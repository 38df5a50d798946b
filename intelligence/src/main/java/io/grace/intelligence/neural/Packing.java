package io.grace.intelligence.neural;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/// Writes numbers as bytes that [Unpacking] can check: kind, version, numbers, CRC-32. *Owned by
/// one thread.*
final class Packing {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Packing(int kind, int version) {
    integer(kind);
    integer(version);
  }

  void integer(int value) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  void number(double value) {
    wide(Double.doubleToLongBits(value));
  }

  void wide(long value) {
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  void doubles(double[] values) {
    integer(values.length);
    var all = ByteBuffer.allocate(values.length * Double.BYTES);
    all.asDoubleBuffer().put(values);
    bytes.writeBytes(all.array());
  }

  void floats(float[] values) {
    integer(values.length);
    var all = ByteBuffer.allocate(values.length * Float.BYTES);
    all.asFloatBuffer().put(values);
    bytes.writeBytes(all.array());
  }

  void window(Window window) {
    integer(window.context());
    integer(window.horizon());
    integer(window.covariates());
    doubles(window.lags().stream().mapToDouble(lag -> lag).toArray());
  }

  byte[] sealed() {
    var crc = new CRC32();
    crc.update(bytes.toByteArray());
    integer((int) crc.getValue());
    return bytes.toByteArray();
  }
}

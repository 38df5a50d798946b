package io.grace.intelligence.anomaly;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Lays state out as bytes, big-endian, so that [StateReader] finds bit for bit the same numbers.
/// *Not thread-safe.*
final class StateWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
  private final DataOutputStream out = new DataOutputStream(bytes);

  /// @param kind tells one sort of state from another
  /// @param version of its layout
  StateWriter section(int kind, int version) {
    return put(kind).put(version);
  }

  StateWriter put(int value) {
    return write(() -> out.writeInt(value));
  }

  StateWriter put(long value) {
    return write(() -> out.writeLong(value));
  }

  StateWriter put(double value) {
    return write(() -> out.writeDouble(value));
  }

  StateWriter put(boolean value) {
    return put(value ? 1 : 0);
  }

  StateWriter put(double[] values) {
    put(values.length);
    for (double value : values) {
      put(value);
    }
    return this;
  }

  StateWriter put(float[] values) {
    put(values.length);
    for (float value : values) {
      put(Float.floatToRawIntBits(value));
    }
    return this;
  }

  StateWriter put(int[] values) {
    put(values.length);
    for (int value : values) {
      put(value);
    }
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private StateWriter write(Write write) {
    try {
      write.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
  }

  private interface Write {
    void run() throws IOException;
  }
}

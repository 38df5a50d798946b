package io.grace.intelligence.anomaly;

import java.nio.ByteBuffer;

/// Reads what [StateWriter] wrote, and refuses what it could not have written. *Not thread-safe.*
final class StateReader {
  private final ByteBuffer in;

  StateReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /// @throws IllegalArgumentException if this is another sort of state, or another version of it
  void section(int kind, int version) {
    int foundKind = integer();
    int foundVersion = integer();
    if (foundKind != kind || foundVersion != version) {
      throw new IllegalArgumentException(
          "state must be of kind %d version %d: kind %d version %d"
              .formatted(kind, version, foundKind, foundVersion));
    }
  }

  int integer() {
    need(Integer.BYTES);
    return in.getInt();
  }

  /// @param least the smallest that is sound
  /// @param most the largest that is sound
  int integer(int least, int most) {
    int found = integer();
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          "state must hold an integer in %d … %d: %d".formatted(least, most, found));
    }
    return found;
  }

  long longInteger() {
    need(Long.BYTES);
    return in.getLong();
  }

  double number() {
    need(Double.BYTES);
    return in.getDouble();
  }

  boolean truth() {
    return integer(0, 1) == 1;
  }

  /// Fills the array, whose length is part of the layout.
  void fill(double[] into) {
    length(into.length);
    for (int i = 0; i < into.length; i++) {
      into[i] = number();
    }
  }

  void fill(float[] into) {
    length(into.length);
    for (int i = 0; i < into.length; i++) {
      into[i] = Float.intBitsToFloat(integer());
    }
  }

  /// @param least the smallest that is sound in each place
  /// @param most the largest that is sound in each place
  void fill(int[] into, int least, int most) {
    length(into.length);
    for (int i = 0; i < into.length; i++) {
      into[i] = integer(least, most);
    }
  }

  /// @throws IllegalArgumentException if more bytes follow than the state has
  void end() {
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("state must end here: " + in.remaining() + " bytes more");
    }
  }

  private void length(int wanted) {
    int found = integer();
    if (found != wanted) {
      throw new IllegalArgumentException("state must hold " + wanted + " numbers here: " + found);
    }
  }

  private void need(int bytes) {
    if (in.remaining() < bytes) {
      throw new IllegalArgumentException(
          "state must not end here: "
              + in.remaining()
              + " bytes left of "
              + bytes
              + " that are needed");
    }
  }
}

package io.grace.intelligence.online;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The state of one series as bytes: version, form, origin, first second, integers, floats; the
/// same bits on the way back. Stateless.
final class StateCodec {
  private static final byte VERSION = 1;
  private static final int FORM = 6;
  private static final int HEAD = 1 + FORM * Integer.BYTES + Double.BYTES + Long.BYTES;

  private StateCodec() {}

  /// @param origin and `first`: what is kept beside the slice
  record Moved(double origin, long first) {}

  static byte[] write(Layout layout, Slice s, Moved beside) {
    ByteBuffer to = ByteBuffer.allocate(size(layout));
    to.put(VERSION);
    for (int part : parts(layout.form)) {
      to.putInt(part);
    }
    to.putDouble(beside.origin()).putLong(beside.first());
    for (int i = 0; i < layout.ints; i++) {
      to.putInt(s.n[s.nAt + i]);
    }
    for (int i = 0; i < layout.floats; i++) {
      to.putFloat(s.f[s.at + i]);
    }
    return to.array();
  }

  /// @throws IllegalArgumentException if the bytes are of another version or form, or damaged; the
  ///   slice is then as it was
  static Moved read(Layout layout, Slice s, byte[] bytes) {
    want(bytes.length == size(layout), "bytes", size(layout), bytes.length);
    ByteBuffer from = ByteBuffer.wrap(bytes);
    int version = from.get();
    want(version == VERSION, "version", VERSION, version);
    int[] form = new int[FORM];
    for (int i = 0; i < FORM; i++) {
      form[i] = from.getInt();
    }
    int[] wanted = parts(layout.form);
    want(Arrays.equals(form, wanted), "form", Arrays.toString(wanted), Arrays.toString(form));
    double origin = from.getDouble();
    want(Double.isFinite(origin), "origin", "a finite number", origin);
    long first = from.getLong();
    int ints = from.position();
    for (int i = 0; i < layout.ints; i++) {
      int count = from.getInt(ints + i * Integer.BYTES);
      int most = i == layout.windowCount ? layout.form.memory() : Integer.MAX_VALUE;
      // Rows may be out of order, and a forecast over less than the lead is due at less than 0.
      boolean isSigned = i == Layout.SECOND || i >= Layout.DUE && i < layout.windowCount;
      want((count >= 0 || isSigned) && count <= most, "count " + i, "[0, " + most + "]", count);
    }
    int seen = from.getInt(ints + Layout.SEEN * Integer.BYTES);
    int step = from.getInt(ints + Layout.STEP * Integer.BYTES);
    want(seen == 0 || step > 0, "step", "at least 1", step);
    int floats = ints + layout.ints * Integer.BYTES;
    for (int i = 0; i < layout.floats; i++) {
      float value = from.getFloat(floats + i * Float.BYTES);
      boolean isCell = i >= layout.cellsAt && i < layout.windowAt;
      want(Float.isFinite(value) || isCell && Float.isNaN(value), "state " + i, "finite", value);
    }
    for (int i = 0; i < layout.ints; i++) {
      s.n[s.nAt + i] = from.getInt();
    }
    for (int i = 0; i < layout.floats; i++) {
      s.f[s.at + i] = from.getFloat();
    }
    return new Moved(origin, first);
  }

  private static int[] parts(Form form) {
    int kind = form.lead() instanceof Lead.Steps ? 0 : 1;
    int count =
        switch (form.lead()) {
          case Lead.Steps(int steps) -> steps;
          case Lead.Seconds(int seconds) -> seconds;
        };
    return new int[] {kind, count, form.pending(), form.cells(), form.cellSeconds(), form.memory()};
  }

  private static int size(Layout layout) {
    return HEAD + layout.ints * Integer.BYTES + layout.floats * Float.BYTES;
  }

  private static void want(boolean isRight, String what, Object wanted, Object found) {
    if (!isRight) {
      throw new IllegalArgumentException(what + ": wanted " + wanted + ", found " + found);
    }
  }
}

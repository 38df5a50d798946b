package io.grace.intelligence.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// Numbers as bytes and back.
class PackingTest {
  private static final int KIND = 7;

  @Test
  void everythingComesBackAsItWasWritten() {
    var out = new Packing(KIND, 1);
    out.integer(-3);
    out.wide(Long.MIN_VALUE);
    out.number(Double.NaN);
    out.doubles(new double[] {1.5, -0.0});
    out.floats(new float[] {2.5f});
    out.text("größer");

    var in = new Unpacking(out.sealed(), KIND, 1);

    assertEquals(-3, in.integer());
    assertEquals(Long.MIN_VALUE, in.wide());
    assertEquals(Double.NaN, in.number());
    assertArrayEquals(new double[] {1.5, -0.0}, in.doubles());
    assertArrayEquals(new float[] {2.5f}, in.floats());
    assertEquals("größer", in.text());
    in.end();
  }

  @Test
  void otherKindOrVersionIsRefused() {
    byte[] bytes = new Packing(KIND, 1).sealed();

    assertThrows(IllegalArgumentException.class, () -> new Unpacking(bytes, 8, 1));
    assertThrows(IllegalArgumentException.class, () -> new Unpacking(bytes, KIND, 2));
  }

  @Test
  void lengthBeyondTheEndIsRefusedBeforeAnythingIsReserved() {
    var out = new Packing(KIND, 1);
    out.integer(Integer.MAX_VALUE);
    byte[] bytes = out.sealed();

    assertThrows(IllegalArgumentException.class, () -> new Unpacking(bytes, KIND, 1).doubles());
    assertThrows(IllegalArgumentException.class, () -> new Unpacking(bytes, KIND, 1).floats());
    assertThrows(IllegalArgumentException.class, () -> new Unpacking(bytes, KIND, 1).text());
  }

  @Test
  void floatThatIsNoNumberIsRefused() {
    var out = new Packing(KIND, 1);
    out.floats(new float[] {1, Float.NaN});
    byte[] bytes = out.sealed();

    assertThrows(IllegalArgumentException.class, () -> new Unpacking(bytes, KIND, 1).floats());
  }

  @Test
  void bytesThatNobodyAskedForAreRefused() {
    var out = new Packing(KIND, 1);
    out.integer(1);
    byte[] bytes = out.sealed();

    assertThrows(IllegalArgumentException.class, () -> new Unpacking(bytes, KIND, 1).end());
  }
}

package io.grace.intelligence.neural;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the network is shown of a series.
class WindowTest {
  private static final Window WINDOW = new Window(3, 5, List.of(2), 0);

  @Test
  void nothingBehindTheOriginIsRead() {
    double[] values = IntStream.range(0, 40).mapToDouble(i -> Math.sin(i) + 2).toArray();
    double[] other = values.clone();
    Arrays.fill(other, 20, 40, 1e6);

    assertArrayEquals(read(WINDOW, Series.of(values), 20), read(WINDOW, Series.of(other), 20));
  }

  @Test
  void lagThatReachesPastTheOriginIsLengthenedToTheSamePhase() {
    double[] saw = IntStream.range(0, 40).mapToDouble(i -> i % 2).toArray();

    for (int ahead = 1; ahead <= 5; ahead++) {
      assertEquals(saw[20 + ahead - 1], WINDOW.base(Series.of(saw), 20, ahead));
    }
  }

  @Test
  void levelAndUnitOfASeriesDoNotMatter() {
    double[] values = IntStream.range(0, 40).mapToDouble(i -> Math.sin(i * i)).toArray();
    double[] scaled = Arrays.stream(values).map(v -> 1_000 + 50 * v).toArray();

    assertArrayEquals(
        read(WINDOW, Series.of(values), 20), read(WINDOW, Series.of(scaled), 20), 1e-5f);
  }

  @Test
  void outlierIsSeenAsTwentyDeviationsAtMost() {
    double[] values = IntStream.range(0, 400).mapToDouble(i -> i % 2).toArray();
    var window = new Window(300, 1, List.of(1), 0);
    values[398] = 1e12;

    float[] read = read(window, Series.of(values), 400);

    for (float value : read) {
      assertEquals(0, value, 20);
    }
  }

  @Test
  void historyIsWhatTheFarthestLagNeeds() {
    assertEquals(5, WINDOW.history());
    assertEquals(27, new Window(3, 5, List.of(24, 2), 0).history());
  }

  @Test
  void windowWithoutALagIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Window(3, 5, List.of(), 0));
    assertThrows(IllegalArgumentException.class, () -> new Window(3, 5, List.of(0), 0));
    assertThrows(IllegalArgumentException.class, () -> new Window(0, 5, List.of(1), 0));
  }

  @Test
  void valueThatIsNoNumberIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Series.of(1, Double.NaN, 3));
  }

  @Test
  void phaseComesRoundAfterItsPeriod() {
    double[][] wave = Series.phase(3, 24, 50);

    assertEquals(wave[0][0], wave[0][24]);
    assertEquals(wave[1][1], wave[1][49]);
    assertEquals(1, wave[0][3], 1e-12);
  }

  private static float[] read(Window window, Series series, int origin) {
    var shape = new LstmShape(window.inputs(), 1, 1);
    var pass = new LstmPass(shape, 1, window.steps(), window.context());
    window.fill(series, origin, window.scale(series, origin), pass, 0);
    return pass.inputs;
  }
}

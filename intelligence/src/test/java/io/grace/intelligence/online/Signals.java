package io.grace.intelligence.online;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// Simulated series, and how a bank does on them.
final class Signals {
  static final int STEP = 300;

  /// Some Monday.
  static final long START = 1_700_438_400;

  private Signals() {}

  static double[] of(int length, IntToDoubleFunction value) {
    return IntStream.range(0, length).mapToDouble(value).toArray();
  }

  static double[] walk(long seed, int length) {
    var random = new Random(seed);
    double[] values = new double[length];
    for (int i = 1; i < length; i++) {
      values[i] = values[i - 1] + random.nextGaussian();
    }
    return values;
  }

  /// @param error the mean absolute error over that of the last value
  /// @param held the share of actual values within the interval
  record Result(double error, double held) {}

  /// From a forecast's time on, the actual value is so many rows later.
  static Result measure(Form form, int ahead, double[] values, int from) {
    var bank = new SeriesBank(form);
    int slot = bank.open();
    double[][] given = new double[values.length][];
    double error = 0;
    double naive = 0;
    int held = 0;
    for (int i = 0; i < values.length; i++) {
      bank.update(slot, START + (long) i * STEP, values[i]);
      given[i] = new double[] {bank.low(slot), bank.forecast(slot), bank.high(slot)};
      if (i >= from + ahead) {
        double[] then = given[i - ahead];
        error += Math.abs(values[i] - then[1]);
        naive += Math.abs(values[i] - values[i - ahead]);
        held += values[i] >= then[0] && values[i] <= then[2] ? 1 : 0;
      }
    }
    return new Result(error / naive, (double) held / (values.length - from - ahead));
  }
}

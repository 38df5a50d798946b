package io.grace.intelligence.online;

import java.util.Arrays;

/// What each part of a period, such as five minutes of a day, was like of late. State is one float
/// a part. Stateless itself.
final class DayProfile {
  /// Share of the newest period, so that one odd day does not rule the next.
  private static final double NEWEST = 0.3;

  private DayProfile() {}

  static void reset(float[] f, int at, Form form) {
    Arrays.fill(f, at, at + form.cells(), Float.NaN);
  }

  /// @param step usual seconds from value to value; of several in one part each counts in part
  static void learn(float[] f, int at, Form form, long second, int step, double value) {
    int cell = at + cell(form, second);
    double newest = NEWEST * Math.min(1, (double) step / form.cellSeconds());
    f[cell] = (float) (Float.isNaN(f[cell]) ? value : f[cell] + newest * (value - f[cell]));
  }

  /// @return not a number if that part was never seen
  static double at(float[] f, int at, Form form, long second) {
    return f[at + cell(form, second)];
  }

  private static int cell(Form form, long second) {
    return (int)
        (Math.floorMod(second, (long) form.cells() * form.cellSeconds()) / form.cellSeconds());
  }
}

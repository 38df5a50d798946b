package io.grace.runtime.foresight;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The newest raw samples of one metric, for people to look at. Not thread-safe.
final class Trace {
  /// Five minutes at a sample a second; 2.4 KB.
  private static final int LENGTH = 300;

  private final int[] seconds = new int[LENGTH];
  private final float[] values = new float[LENGTH];
  private long count;

  void add(long epochSecond, double value) {
    int at = (int) (count % LENGTH);
    seconds[at] = (int) epochSecond;
    values[at] = (float) value;
    count++;
  }

  /// The oldest first; of several in one second the last.
  Recent recent(ServiceId service, MetricId metric) {
    int size = (int) Math.min(count, LENGTH);
    double[] times = new double[size];
    double[] found = new double[size];
    int kept = 0;
    for (long i = count - size; i < count; i++) {
      int at = (int) (i % LENGTH);
      double second = Integer.toUnsignedLong(seconds[at]);
      if (kept > 0 && second <= times[kept - 1]) {
        kept--;
        second = times[kept];
      }
      times[kept] = second;
      found[kept] = values[at];
      kept++;
    }
    return new Recent(service, metric, Arrays.copyOf(times, kept), Arrays.copyOf(found, kept));
  }

  /// The oldest first.
  List<Seen.Point> points() {
    var points = new ArrayList<Seen.Point>();
    for (long i = Math.max(0, count - LENGTH); i < count; i++) {
      int at = (int) (i % LENGTH);
      points.add(
          new Seen.Point(Instant.ofEpochSecond(Integer.toUnsignedLong(seconds[at])), values[at]));
    }
    return points;
  }
}

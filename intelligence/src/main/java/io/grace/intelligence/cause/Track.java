package io.grace.intelligence.cause;

/// The samples of one metric of one service, its normal part and what came since. *Immutable.*
///
/// @param service index into the services of the scene
/// @param name the same for the same metric of every service, with the same unit: services are
///   compared by it
/// @param times in seconds, rising; the same array may be shared by many tracks and is not copied
/// @param values one a time; NaN where nothing was measured. Not copied: the caller leaves it alone
public record Track(
    int service, String name, MetricKind kind, Worse worse, double[] times, double[] values) {
  /// Weeks of minutes; longer windows are to be thinned out by the caller.
  public static final int MAX_SAMPLES = 50_000;

  public Track {
    if (times.length != values.length) {
      throw new IllegalArgumentException(
          name + " must have one value a time: " + times.length + ", " + values.length);
    }
    if (times.length > MAX_SAMPLES) {
      throw new IllegalArgumentException(
          name + " must have at most " + MAX_SAMPLES + " samples: " + times.length);
    }
  }

  /// The first sample at `time` or later.
  int firstFrom(double time) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

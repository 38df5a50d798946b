package io.grace.intelligence.cause;

/// How far one metric moved away from normal when the incident began.
///
/// @param track index into the tracks of the scene
/// @param service index into the services of the scene
/// @param from what was normal
/// @param to the middle of the worst stretch since; equal to `from` if the track fell silent
/// @param size how many standard deviations `to` is worse than what went before, at least 0
/// @param rarity how much worse the stretch is as a whole than what its normal part did by itself,
///   in [0, 1]; one half is as bad as its worst normal hour
/// @param onset when the worst stretch began, in seconds
/// @param until when it ended
/// @param sum of how strange the samples of the worst stretch are
/// @param isSilent whether it is measured no more, though it always was
public record Deviation(
    int track,
    int service,
    MetricKind kind,
    double from,
    double to,
    double size,
    double rarity,
    double onset,
    double until,
    double sum,
    boolean isSilent) {
  private static final double BEYOND_DOUBT = 100;

  /// One number to rank by: the size, less whatever the track does by itself, on a logarithmic
  /// scale, and on a doubly logarithmic one where it is beyond doubt: a queue that is a thousand
  /// times as long is hardly more telling than one that is a hundred times.
  public double strength() {
    double felt = size * rarity;
    return felt <= BEYOND_DOUBT
        ? Math.log1p(felt)
        : Math.log1p(BEYOND_DOUBT) + Math.log1p(Math.log(felt / BEYOND_DOUBT));
  }

  /// By how much it moved, in the unit of the metric; positive is up.
  double moved() {
    return to - from;
  }

  Deviation explained(double left) {
    return new Deviation(track, service, kind, from, to, left, rarity, onset, until, sum, isSilent);
  }
}

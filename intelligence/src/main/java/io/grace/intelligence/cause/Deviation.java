package io.grace.intelligence.cause;

/// How far one metric moved away from normal when the incident began.
///
/// @param track index into the tracks of the scene
/// @param service index into the services of the scene
/// @param from what was normal
/// @param to the middle of the worst stretch since; equal to `from` if the track fell silent
/// @param size how many standard deviations `to` is worse than what went before, at least 0
/// @param rarity how much worse the stretch is as a whole than what its normal part did by itself,
///     in [0, 1]; one half is as bad as its worst normal hour
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

  /// One number to rank by: the size, less whatever the track does by itself, on a logarithmic
  /// scale.
  public double strength() {
    return Math.log1p(size * rarity);
  }

  /// By how much it moved, in the unit of the metric; positive is up.
  double moved() {
    return to - from;
  }

  Deviation explained(double left) {
    return new Deviation(
        track, service, kind, from, to, left, rarity, onset, until, sum, isSilent);
  }
}

package io.grace.intelligence.anomaly;

/// What people or outcomes say of an alarm, or of one that did not come.
public enum Feedback {
  /// There was something wrong, as a person confirmed or a run that helped has shown.
  TRUE_ALARM,
  /// There was nothing wrong.
  FALSE_ALARM,
  /// Something was wrong, and no alarm came.
  MISSED
}

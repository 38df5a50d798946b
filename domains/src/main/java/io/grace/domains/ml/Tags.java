package io.grace.domains.ml;

/// Tags that GRACE sets on versions.
final class Tags {
  /// Why it was taken out of production; it is not gone back to.
  static final String ROLLED_BACK = "grace.rolled_back";

  /// The training job that made it, so that a job that is resumed does not register twice.
  static final String JOB = "grace.job";

  /// Why it was not staged.
  static final String REFUSED = "grace.refused";

  /// The last second of what it learnt from.
  static final String LEARNT_UNTIL = "grace.learnt_until";

  private Tags() {}
}

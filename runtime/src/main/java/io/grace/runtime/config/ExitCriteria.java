package io.grace.runtime.config;

/// What must have been seen in observe mode before a service and playbook may be given more
/// autonomy. People decide; `grace report shadow` says whether it is met. *Immutable.*
///
/// @param days between the first and the last observation, at least 1
/// @param proposals at least so many, 1 and more
/// @param right the share of proposals that were right, at least, in [0, 1]
/// @param needless the share of incidents that cleared sooner than the run would have, at most, in
///   [0, 1]
public record ExitCriteria(int days, int proposals, double right, double needless) {
  public static final ExitCriteria DEFAULTS = new ExitCriteria(14, 20, 0.9, 0.2);

  public ExitCriteria {
    if (days < 1 || proposals < 1) {
      throw new IllegalArgumentException(
          "days and proposals must be at least 1: " + days + ", " + proposals);
    }
    if (!(right >= 0 && right <= 1)) {
      throw new IllegalArgumentException("right must be in [0, 1]: " + right);
    }
    if (!(needless >= 0 && needless <= 1)) {
      throw new IllegalArgumentException("needless must be in [0, 1]: " + needless);
    }
  }
}

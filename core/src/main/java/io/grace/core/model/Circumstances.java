package io.grace.core.model;

/// What a decision was made in, as far as it may matter for which playbook helps. *Immutable.*
///
/// @param load how near the service is to what it can take, in [0, 1]; 0 if nothing tells
/// @param distress of the whole, in [0, 100]
public record Circumstances(double load, int distress) {
  public static final Circumstances UNKNOWN = new Circumstances(0, 0);

  public Circumstances {
    if (!(load >= 0 && load <= 1)) {
      throw new IllegalArgumentException("load must be in [0, 1]: " + load);
    }
  }
}

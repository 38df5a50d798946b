package io.grace.intelligence.cause;

/// What speaks for each service as a cause, in numbers. *Immutable.*
///
/// @param services candidates, as indices into the services of the scene
/// @param rows one a candidate, [#COUNT] numbers each
/// @param outside the share of what is wrong that is traffic from outside
/// @param rarity tail probability of the worst deviation if nothing were wrong
public record Features(int[] services, double[][] rows, double outside, double rarity) {
  /// Strength of what its stocks and its use deviate by themselves.
  static final int OWN_STATE = 0;

  static final int OWN_QUEUE = 1;

  /// Strength of what callers feel and no callee explains.
  static final int OWN_LATENCY = 2;

  static final int OWN_ERRORS = 3;

  /// Strength of its traffic, beyond that of its callers, and of what has no meaning to GRACE.
  static final int OTHER = 4;

  /// Strength of how it changed what it asks of others, beyond what it is asked itself.
  static final int CALLS = 5;

  static final int SILENT = 6;

  /// The share of what is wrong with the sick that comes from it.
  static final int SHARE = 7;

  /// How late it deviated after the first, as a share of the time that was looked at.
  static final int LATE = 8;

  /// 1 for a change right before it deviated, less the longer ago.
  static final int CHANGED = 9;

  /// Strength of its strongest deviation, by whatever it is explained.
  static final int STRONGEST = 10;

  /// How quick it normally is among those that deviate, from 0 to 1: who calls another waits for
  /// it, so the quick are called by the slow.
  static final int QUICK = 11;

  /// How much of its latency and errors a quicker service could explain that deviates no later and
  /// no less; told only where calls are unknown.
  static final int COVERED = 12;

  public static final int COUNT = 13;
}

package io.grace.lab.service;

/// The whole numbers that a parameter may take, both ends included. Immutable.
record Range(long min, long max) {
  static final Range PORT = new Range(0, 65_535);
  static final Range PID = new Range(1, Integer.MAX_VALUE);
  static final Range INSTANCE = new Range(1, 99);

  /// No delay that a lab inflicts is longer: a minute outlives every time-out that it is meant to
  /// trip.
  static final Range DELAY_MS = new Range(0, 60_000);

  long check(String what, String text) {
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Falls through to the one message: a word and a number out of range are the same mistake.
    }
    throw new IllegalArgumentException(
        what + " must be a whole number in " + min + ".." + max + ": " + text);
  }
}

package io.grace.runtime.telemetry;

/// A scraped text does not follow its format; none of it is used.
public final class MalformedMetrics extends Exception {
  /// @param line counted from 1
  MalformedMetrics(int line, String what) {
    super("line " + line + ": " + what);
  }
}

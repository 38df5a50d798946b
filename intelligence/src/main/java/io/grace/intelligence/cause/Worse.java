package io.grace.intelligence.cause;

/// In which direction a metric becomes worse.
public enum Worse {
  UP,
  DOWN,
  /// Nobody knows, or both are news.
  EITHER
}

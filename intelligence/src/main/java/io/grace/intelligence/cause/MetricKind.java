package io.grace.intelligence.cause;

/// What a metric is about, which says what else can move it.
public enum MetricKind {
  /// What a service holds, such as memory or disk. Only its service fills it, and filling it costs
  /// work, so a full stock is a cause of high use and not the other way round.
  STOCK,
  /// What a service uses, such as CPU or input and output; its own traffic moves it.
  USE,
  /// What waits for it; grows when it is asked for more than it gets done.
  QUEUE,
  /// How long it takes to answer; the latency of what it calls is in it.
  LATENCY,
  /// How often it fails, or does not; the errors of what it calls are in it.
  ERROR,
  /// How much is asked of it; its callers move it, so it is hardly ever a cause.
  TRAFFIC,
  OTHER;

  /// Whether trouble of this kind reaches those who call.
  boolean reachesCallers() {
    return this == LATENCY || this == ERROR;
  }
}

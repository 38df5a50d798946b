package io.grace.runtime.config;

import io.grace.core.model.SourceId;
import java.time.Duration;

/// A query whose series say who calls whom. *Immutable.*
///
/// @param source what people call it, such as `service graph`
/// @param caller the label that names the caller
/// @param called the label that names whom it calls
public record CallsConfig(
    String source, SourceId store, String query, String caller, String called, Duration interval) {
  public CallsConfig {
    Timing.require(interval, interval);
  }
}

package io.grace.intelligence.cause;

/// Something was changed in a service on purpose: a deploy, a flag, a configuration.
///
/// @param service index into the services of the scene
/// @param at in seconds on the clock of the scene
/// @param what it was, as people call it
public record Change(int service, double at, String what) {
  public Change {
    if (!Double.isFinite(at)) {
      throw new IllegalArgumentException("time of a change must be finite: " + at);
    }
  }
}

package io.grace.core.learn;

import java.time.Duration;

/// How long an incident was left alone, and whether it was over then. *Immutable.*
///
/// @param recovered false if somebody acted, so that nobody knows how long it would have lasted
public record Alone(Duration time, boolean recovered) {}

package io.grace.runtime.loop;

import io.grace.core.model.Signal;
import io.grace.core.monitor.Readings;
import java.util.function.Predicate;

/// The store of raw telemetry as the loop sees it. *Owned by the loop thread.*
///
/// @param readings what was measured lately
/// @param add takes a signal in; false if it was refused
public record Senses(Readings readings, Predicate<Signal> add) {}

package io.grace.runtime.telemetry;

import io.grace.core.model.MetricId;
import io.grace.core.model.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What probes of all instances say about a service: `up`, the share that answered (0 only if none
/// did), `instances_up`, how many did, and the latency of the slowest of them.
final class Availability {
  private Availability() {}

  /// @param latenciesMs of each instance; empty for one that did not answer
  static List<Signal> of(
      Watch watch, MetricId latency, List<Optional<Double>> latenciesMs, Instant now) {
    var answered = latenciesMs.stream().flatMap(Optional::stream).toList();
    double share = latenciesMs.isEmpty() ? 0 : (double) answered.size() / latenciesMs.size();
    var signals = new ArrayList<Signal>();
    signals.add(watch.signal("up", share, now));
    signals.add(watch.signal("instances_up", answered.size(), now));
    answered.stream()
        .max(Double::compare)
        .ifPresent(slowest -> signals.add(watch.signal(latency, slowest, now)));
    return List.copyOf(signals);
  }
}

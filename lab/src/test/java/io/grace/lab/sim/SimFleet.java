package io.grace.lab.sim;

import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.model.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The services as they truly are, and what is measured of them: noise, gaps, and the faults of
/// those they call.
final class SimFleet {
  /// What is truly wrong.
  enum Fault {
    NONE,
    DOWN,
    SLOW,
    ERRORS
  }

  private final Dice dice;
  private final Topology topology;
  private final List<ServiceId> services;
  private final TreeMap<ServiceId, Fault> faults = new TreeMap<>();
  private final TreeMap<ServiceId, Integer> gaps = new TreeMap<>();

  SimFleet(Dice dice, Topology topology) {
    this.dice = dice;
    this.topology = topology;
    this.services = topology.services().stream().sorted().toList();
    services.forEach(s -> faults.put(s, Fault.NONE));
  }

  List<ServiceId> services() {
    return services;
  }

  void cure(ServiceId service) {
    faults.put(service, Fault.NONE);
  }

  void cureAll() {
    services.forEach(this::cure);
    gaps.clear();
  }

  /// Faults come, seldom go by themselves, and probes fall silent.
  void chaos() {
    for (ServiceId service : services) {
      if (faults.get(service) == Fault.NONE && dice.permille(12)) {
        faults.put(service, dice.oneOf(Fault.DOWN, Fault.SLOW, Fault.ERRORS));
      } else if (dice.permille(8)) {
        cure(service);
      }
      if (dice.permille(6)) {
        gaps.put(service, dice.from(2, 12));
      }
    }
  }

  List<Signal> measure(Instant now) {
    var signals = new ArrayList<Signal>();
    for (ServiceId service : services) {
      int gap = gaps.merge(service, -1, Integer::sum);
      if (gap < 0 && dice.percent(92)) {
        measure(service, now, signals);
      }
    }
    return signals;
  }

  private void measure(ServiceId service, Instant now, List<Signal> signals) {
    Fault fault = faults.getOrDefault(service, Fault.NONE);
    boolean isDragged =
        topology.dependenciesOf(service).stream().anyMatch(d -> faults.get(d) != Fault.NONE);
    boolean isOutlier = dice.percent(2);
    double errors =
        fault == Fault.ERRORS || fault == Fault.DOWN || isOutlier
            ? dice.between(0.05, 0.5)
            : isDragged ? dice.between(0.0, 0.2) : dice.between(0, 0.015);
    double latency = fault == Fault.SLOW ? dice.between(900, 3000) : dice.between(50, 400);
    signals.add(new Signal(service, SimPolicy.UP, fault == Fault.DOWN ? 0 : 1, now, "sim"));
    signals.add(new Signal(service, SimPolicy.ERRORS, errors, now, "sim"));
    signals.add(new Signal(service, SimPolicy.LATENCY, latency, now, "sim"));
  }
}

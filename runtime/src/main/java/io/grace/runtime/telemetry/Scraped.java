package io.grace.runtime.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// What two scrapes in a row say about all instances of a service together. *Immutable.*
///
/// @param instances those that answered this time
record Scraped(List<Instance> instances) {
  /// One instance's scrapes.
  ///
  /// @param before empty if it is seen for the first time, and then it has no increases
  /// @param seconds between the two; 0 if it is seen for the first time
  record Instance(Map<Series, Double> before, Map<Series, Double> now, double seconds) {}

  /// By how much a counter grew.
  record Increase(Series series, double amount, double perSecond) {}

  Scraped {
    instances = List.copyOf(instances);
  }

  DoubleStream values(Selector selector) {
    return instances.stream()
        .flatMap(instance -> admitted(instance, selector))
        .mapToDouble(Map.Entry::getValue);
  }

  /// How the counters of all instances grew. One that is lower than before was reset and counts
  /// from 0; so does one that an instance shows for the first time, for a counter begins at 0.
  List<Increase> increases(Selector selector) {
    var increases = new ArrayList<Increase>();
    for (var instance : instances) {
      if (instance.seconds() > 0) {
        admitted(instance, selector)
            .forEach(sample -> {
              double before = instance.before().getOrDefault(sample.getKey(), 0.0);
              double now = sample.getValue();
              double amount = Math.max(0, now >= before ? now - before : now);
              increases.add(new Increase(sample.getKey(), amount, amount / instance.seconds()));
            });
      }
    }
    return increases;
  }

  private static Stream<Map.Entry<Series, Double>> admitted(Instance instance, Selector selector) {
    return instance.now().entrySet().stream().filter(sample -> selector.admits(sample.getKey()));
  }
}

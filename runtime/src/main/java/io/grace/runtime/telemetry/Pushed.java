package io.grace.runtime.telemetry;

import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Derives GRACE's metrics from samples that services push, as a scrape does from those it fetches.
/// *Thread-safe.*
public final class Pushed {
  /// Instances whose last samples are kept, to tell how counters grew; the one that was silent for
  /// longest is forgotten first.
  private static final int MOST_INSTANCES = 2_000;

  /// Samples of an instance that are kept; an instance that pushes more is cut there.
  private static final int MOST_SAMPLES = 5_000;

  /// A sample in the form of Prometheus: names and labels of letters, digits and underscores.
  public record Sample(String name, Map<String, String> labels, double value) {}

  private record Instance(ServiceId service, String id) {}

  private record Page(Map<Series, Double> samples, Instant at) {}

  private final List<Derivation> derivations;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private final Map<Instance, Page> pages =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Instance, Page> eldest) {
          return size() > MOST_INSTANCES;
        }
      };

  public Pushed(List<Derivation> derivations) {
    this.derivations = List.copyOf(derivations);
  }

  /// Whether anything is derived from samples of this name.
  public boolean needs(String name) {
    return derivations.stream().anyMatch(derivation -> derivation.needs(name));
  }

  /// @param instance which of the service's instances pushed; may be empty
  /// @param source who pushed, for the evidence
  public List<Signal> take(
      ServiceId service, String instance, List<Sample> samples, String source, Instant now) {
    var page = new HashMap<Series, Double>();
    for (Sample sample : samples) {
      if (page.size() < MOST_SAMPLES && needs(sample.name())) {
        page.put(new Series(sample.name(), sample.labels()), sample.value());
      }
    }
    Page before;
    lock.lock();
    try {
      before = pages.put(new Instance(service, instance), new Page(Map.copyOf(page), now));
    } finally {
      lock.unlock();
    }
    double seconds = before == null ? 0 : Duration.between(before.at(), now).toNanos() / 1e9;
    var scraped =
        new Scraped(
            List.of(
                new Scraped.Instance(
                    before == null ? Map.of() : before.samples(), page, Math.max(0, seconds))));
    var signals = new ArrayList<Signal>();
    for (Derivation derivation : derivations) {
      derivation
          .of(scraped)
          .ifPresent(value -> {
            if (Double.isFinite(value)) {
              signals.add(new Signal(service, derivation.metric(), value, now, source));
            }
          });
    }
    return signals;
  }
}

package io.grace.runtime.ingest;

import io.grace.core.model.MetricId;
import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Measures the sources themselves: one that falls silent is as sick as any other service.
/// *Thread-safe.*
public final class Heartbeats implements TelemetrySource {
  private static final MetricId UP = new MetricId("up");
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final List<Source> sources;

  public Heartbeats(Collection<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public String name() {
    return "heartbeats of the sources";
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public List<Signal> collect(Instant now) {
    var signals = new ArrayList<Signal>();
    for (Source source : sources) {
      source
          .isDead(now)
          .ifPresent(isDead ->
              signals.add(
                  new Signal(
                      source.id().node(),
                      UP,
                      isDead ? 0 : 1,
                      now,
                      "heartbeat: last delivery at " + source.lastHeard())));
    }
    return signals;
  }
}

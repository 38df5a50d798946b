package io.grace.app;

import io.grace.core.state.Snapshot;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/// GRACE's own metrics, read from the snapshot when they are scraped.
record Measures(Backend backend) implements MeterBinder {
  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "grace.incidents.open", s -> s.openIncidents().size());
    gauge(registry, "grace.runs.open", s -> s.runs().size());
    gauge(registry, "grace.paused", s -> s.isPaused() ? 1 : 0);
    gauge(registry, "grace.distress", s -> s.metaCycle().distress());
    Gauge.builder("grace.loop.late.worst", backend, b -> b.loopStatus().worstLate().toNanos() / 1e9)
        .baseUnit("seconds")
        .register(registry);
    gauge(registry, "grace.alerts.on", s -> s.sensed().alerts().size());
    gauge(registry, "grace.storm", s -> s.sensed().storm().isPresent() ? 1 : 0);
    counter(registry, "grace.runs.proposed", b -> b.snapshot().counters().proposed());
    counter(registry, "grace.runs.admitted", b -> b.snapshot().counters().admitted());
    counter(registry, "grace.loop.cycles", b -> b.loopStatus().cycles());
    counter(registry, "grace.journal.entries", b -> b.head().index());
    counter(registry, "grace.results.dropped", Backend::droppedResults);
    counter(registry, "grace.signals.refused", Backend::refusedSignals);
  }

  private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Snapshot> value) {
    Gauge.builder(name, backend, b -> value.applyAsDouble(b.snapshot())).register(registry);
  }

  private void counter(MeterRegistry registry, String name, ToDoubleFunction<Backend> value) {
    FunctionCounter.builder(name, backend, value).register(registry);
  }
}

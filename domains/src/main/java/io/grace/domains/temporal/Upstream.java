package io.grace.domains.temporal;

import io.grace.core.event.Event;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.ServiceId;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import io.grace.runtime.domain.Works;
import io.grace.runtime.loop.Listening;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Hears of drift that models have found: a graph that was built before it is suspect, whatever its
/// own checks say yet. It is read from what the loop recorded, so whatever tells of it may be
/// replaced. *Thread-safe.*
final class Upstream implements AutoCloseable {
  private static final ServiceId NODE = new ServiceId("auto_retrain");
  private static final DiagnosisKind DRIFT = new DiagnosisKind("model_drift");

  private final Supplier<Snapshot> snapshot;
  private final Works works;
  private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);
  private final AtomicBoolean listens = new AtomicBoolean();
  private final AtomicReference<Listening> listening = new AtomicReference<>(() -> {});

  Upstream(Supplier<Snapshot> snapshot, Works works) {
    this.snapshot = snapshot;
    this.works = works;
  }

  /// When drift was found last; the beginning of time if it never was.
  Instant latest() {
    if (listens.compareAndSet(false, true)) {
      listening.set(works.listen(this::hear));
    }
    snapshot.get().openIncident(NODE).filter(Upstream::isDrift).ifPresent(i -> heard(i.began()));
    return latest.get();
  }

  private static boolean isDrift(Incident incident) {
    return incident.diagnosis().map(Diagnosis::kind).filter(DRIFT::equals).isPresent();
  }

  private void hear(List<Event> events) {
    for (Event event : events) {
      if (event instanceof Event.IncidentDiagnosed(_, Diagnosis diagnosis, Instant at)
          && diagnosis.service().equals(NODE)
          && diagnosis.kind().equals(DRIFT)) {
        heard(at);
      }
    }
  }

  private void heard(Instant at) {
    latest.accumulateAndGet(at, (a, b) -> a.isAfter(b) ? a : b);
  }

  @Override
  public void close() {
    listening.get().close();
  }
}

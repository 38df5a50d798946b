package io.grace.app.web;

import io.grace.app.web.SensingViews.ChangeView;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Health;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Symptom;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// How services are, in the words of the API.
public final class HealthViews {
  private HealthViews() {}

  /// @param origin who was asked what
  public record SymptomView(
      String metric, double value, double threshold, double strength, String origin) {
    static SymptomView of(Symptom s) {
      return new SymptomView(
          s.metric().value(), s.value(), s.threshold(), s.strength(), s.origin());
    }

    static List<SymptomView> of(List<Symptom> symptoms) {
      return symptoms.stream().map(SymptomView::of).toList();
    }
  }

  /// @param since null if nothing was heard of it yet
  public record ServiceView(
      String service,
      String status,
      double confidence,
      Optional<Instant> since,
      List<SymptomView> symptoms) {
    static ServiceView of(ServiceId service, Health health, Optional<Instant> since) {
      return new ServiceView(
          service.value(),
          Words.of(health.status()),
          health.confidence(),
          since,
          SymptomView.of(health.symptoms()));
    }
  }

  /// All that are declared or were heard of, by name.
  static List<ServiceView> services(Snapshot snapshot, Iterable<ServiceId> declared) {
    var all = new TreeMap<ServiceId, ServiceView>();
    for (ServiceId service : declared) {
      all.put(service, ServiceView.of(service, Health.UNKNOWN, Optional.empty()));
    }
    snapshot
        .health()
        .forEach((service, state) ->
            all.put(service, ServiceView.of(service, state.health(), Optional.of(state.since()))));
    return List.copyOf(all.values());
  }

  /// @param changes those that may have brought it about, the likeliest first
  /// @param confidence null where it is no longer known
  public record DiagnosisView(
      String service,
      String kind,
      String severity,
      Optional<Double> confidence,
      Optional<String> causedBy,
      String reason,
      List<SymptomView> evidence,
      List<ChangeView> changes) {
    static DiagnosisView of(Diagnosis d) {
      return new DiagnosisView(
          d.service().value(),
          d.kind().value(),
          Words.of(d.severity()),
          Optional.of(d.confidence()),
          d.causedBy().map(ServiceId::value),
          d.reason(),
          SymptomView.of(d.evidence()),
          d.changes().stream().map(ChangeView::of).toList());
    }
  }
}

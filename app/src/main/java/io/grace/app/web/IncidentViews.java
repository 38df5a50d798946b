package io.grace.app.web;

import io.grace.app.Backend.PastIncident;
import io.grace.app.web.HealthViews.DiagnosisView;
import io.grace.core.analyze.Correlation;
import io.grace.core.model.Causes;
import io.grace.core.model.MetricId;
import io.grace.core.model.RunId;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Incidents in the words of the API.
public final class IncidentViews {
  private IncidentViews() {}

  public record EscalationView(String reason, Instant at) {}

  /// @param score how well the two fit, in [0, 1]; 1 if a person said so
  public record MergeView(String into, double score, String reason, String by, Instant at) {}

  /// @param metric the one that gives it away
  /// @param probability in [0, 1]
  public record CauseView(
      String service, Optional<String> metric, double probability, String why) {}

  /// @param none the chance that nothing out of the ordinary happened
  /// @param unknown the chance that the cause is not measured
  public record CausesView(List<CauseView> ranked, double none, double unknown) {
    static CausesView of(Causes causes) {
      return new CausesView(
          causes.ranked().stream()
              .map(c ->
                  new CauseView(
                      c.service().value(),
                      c.metric().map(MetricId::value),
                      c.probability(),
                      c.why()))
              .toList(),
          causes.none(),
          causes.unknown());
    }
  }

  /// @param causes where it may come from; null until that was worked out
  /// @param merged the incident that it is part of
  /// @param parts the open incidents that are part of it
  /// @param state `open` or `resolved`
  /// @param since when it was opened or reopened last; null, as some others, once it is history:
  ///   then the journal tells more
  public record IncidentView(
      String id,
      String service,
      String severity,
      String state,
      Instant opened,
      Optional<Instant> since,
      Optional<Integer> reopened,
      Optional<Instant> resolvedAt,
      Optional<String> recovery,
      Optional<DiagnosisView> diagnosis,
      Optional<CausesView> causes,
      Optional<String> acknowledgedBy,
      Optional<EscalationView> escalation,
      Optional<String> needsPerson,
      List<String> attempts,
      Optional<String> lastSkip,
      Optional<MergeView> merged,
      List<String> parts) {
    static IncidentView of(Incident i, Snapshot snapshot) {
      return new IncidentView(
          i.id().value(),
          i.service().value(),
          Words.of(i.severity()),
          i.isOpen() ? "open" : "resolved",
          i.opened(),
          Optional.of(i.since()),
          Optional.of(i.reopened()),
          i.resolution().map(Incident.Resolution::at),
          i.resolution().map(r -> Words.of(r.recovery())),
          i.diagnosis().map(DiagnosisView::of),
          i.causes().map(CausesView::of),
          i.acknowledgedBy(),
          i.escalation().map(e -> new EscalationView(e.reason(), e.at())),
          i.needsPerson(),
          i.attempts().stream().map(RunId::value).toList(),
          i.lastSkip(),
          i.merge()
              .filter(_ -> Correlation.isPart(i, snapshot))
              .map(m -> new MergeView(m.into().value(), m.score(), m.reason(), m.by(), m.at())),
          i.isOpen()
              ? Correlation.parts(i, snapshot).stream().map(p -> p.id().value()).toList()
              : List.of());
    }

    static IncidentView of(PastIncident i) {
      return new IncidentView(
          i.id().value(),
          i.service().value(),
          Words.of(i.severity()),
          "resolved",
          i.opened(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(i.resolvedAt()),
          Optional.of(Words.of(i.recovery())),
          i.diagnosis()
              .map(kind ->
                  new DiagnosisView(
                      i.service().value(),
                      kind.value(),
                      Words.of(i.severity()),
                      Optional.empty(),
                      Optional.empty(),
                      i.reason().orElse(""),
                      List.of(),
                      List.of())),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of());
    }
  }
}

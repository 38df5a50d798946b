package io.grace.app.web;

import io.grace.core.analyze.Correlation;
import io.grace.core.model.Alert;
import io.grace.core.model.Change;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Edge;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SloReading;
import io.grace.core.model.Topology;
import io.grace.core.model.Trigger;
import io.grace.core.state.AlertState;
import io.grace.core.state.Sensed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What was heard from outside, in the words of the API.
public final class SensingViews {
  private SensingViews() {}

  /// @param phase `held`, `active` or `easing`
  /// @param until when the phase is decided; null for `active`
  public record AlertView(
      String fingerprint,
      String source,
      String name,
      String service,
      String severity,
      String phase,
      Instant since,
      Optional<Instant> until,
      Optional<String> says,
      String summary,
      Map<String, String> labels,
      Instant startsAt) {
    static AlertView of(AlertState state) {
      Alert a = state.alert();
      return new AlertView(
          a.fingerprint().value(),
          a.source().value(),
          a.name(),
          a.service().value(),
          Words.of(a.severity()),
          Words.of(state.phase()),
          state.since(),
          state.until(),
          a.says().map(DiagnosisKind::value),
          a.summary(),
          new TreeMap<>(a.labels()),
          a.startsAt());
    }
  }

  public record CommitView(String id, String by, String summary) {}

  public record ChangeView(
      String id,
      String service,
      String kind,
      String ref,
      String by,
      String summary,
      List<CommitView> commits,
      Instant at) {
    static ChangeView of(Change c) {
      return new ChangeView(
          c.id(),
          c.service().value(),
          Words.of(c.kind()),
          c.ref(),
          c.by(),
          c.summary(),
          c.commits().stream().map(k -> new CommitView(k.id(), k.by(), k.summary())).toList(),
          c.at());
    }
  }

  public record BurnView(String window, double rate) {}

  /// @param budgetLeft 1 untouched, 0 spent, negative overdrawn
  public record SloView(
      String slo,
      String service,
      double objective,
      double budgetLeft,
      List<BurnView> burns,
      String alarm,
      String reason,
      Instant at) {
    static SloView of(SloReading r) {
      return new SloView(
          r.slo().value(),
          r.service().value(),
          r.objective(),
          r.budgetLeft(),
          r.burns().stream().map(b -> new BurnView(b.window(), b.rate())).toList(),
          Words.of(r.alarm()),
          r.reason(),
          r.at());
    }
  }

  /// @param source `declared`, or who sees the call
  /// @param seen when that was recorded last; null if declared
  public record EdgeSourceView(String source, Optional<Instant> seen) {}

  public record EdgeView(String from, String to, List<EdgeSourceView> sources) {}

  static List<EdgeView> edges(Topology declared, Sensed sensed) {
    var all = new TreeSet<Edge>(sensed.calls().keySet());
    declared
        .dependencies()
        .forEach((from, called) -> called.forEach(to -> all.add(new Edge(from, to))));
    return all.stream().map(edge -> edge(edge, declared, sensed)).toList();
  }

  private static EdgeView edge(Edge edge, Topology declared, Sensed sensed) {
    var sources = new ArrayList<EdgeSourceView>();
    if (declared.dependencies().getOrDefault(edge.from(), Set.of()).contains(edge.to())) {
      sources.add(new EdgeSourceView("declared", Optional.empty()));
    }
    new TreeMap<>(sensed.calls().getOrDefault(edge, Map.of()))
        .forEach((source, at) -> sources.add(new EdgeSourceView(source, Optional.of(at))));
    return new EdgeView(edge.from().value(), edge.to().value(), sources);
  }

  /// @param id for `/api/triggers/judge`
  /// @param horizon until when it must come true; null if it tells of the present
  public record TriggerView(
      String id,
      String kind,
      String source,
      Optional<String> service,
      double confidence,
      String evidence,
      Instant at,
      Optional<Instant> horizon) {
    static TriggerView of(Trigger t) {
      return new TriggerView(
          t.key().toString(),
          Words.of(t.kind()),
          t.source(),
          t.service().map(ServiceId::value),
          t.confidence(),
          t.evidence(),
          t.at(),
          t.isForecast() ? Optional.of(t.horizon()) : Optional.empty());
    }
  }

  /// @param lastHour how many fired within the hour
  public record FamilyView(String family, double minConfidence, long lastHour, int mostPerHour) {}

  /// @param precision of this source so far, with one right and one wrong assumed beforehand
  /// @param averted how many cannot be judged, since a run acted before
  /// @param missed what came and was not foretold
  /// @param recall null while nothing came
  /// @param leadSeconds how early those that came true were in the mean; null while none did
  public record PrecisionView(
      String source,
      int cameTrue,
      int didNot,
      int averted,
      int missed,
      double precision,
      @Nullable Double recall,
      @Nullable Long leadSeconds) {
    static PrecisionView of(String source, Sensed.Judged judged) {
      return new PrecisionView(
          source,
          judged.came(),
          judged.not(),
          judged.averted(),
          judged.missed(),
          judged.precision(),
          judged.recall().isPresent() ? judged.recall().getAsDouble() : null,
          judged.lead().map(Duration::toSeconds).orElse(null));
    }
  }

  public record TriggersView(
      List<TriggerView> items, List<FamilyView> families, List<PrecisionView> sources) {}

  static TriggersView triggers(Sensed sensed, Instant now) {
    Instant since = now.minus(Duration.ofHours(1));
    var families = new ArrayList<FamilyView>();
    for (Trigger.Family family : Trigger.Family.values()) {
      long lately =
          sensed.triggered().getOrDefault(family, List.of()).stream()
              .filter(at -> at.isAfter(since))
              .count();
      families.add(
          new FamilyView(Words.of(family), family.minConfidence(), lately, family.mostPerHour()));
    }
    var sources = new ArrayList<PrecisionView>();
    new TreeMap<>(sensed.judged())
        .forEach((source, judged) -> sources.add(PrecisionView.of(source, judged)));
    return new TriggersView(
        sensed.triggers().values().stream()
            .sorted(
                Comparator.comparing(Trigger::at).reversed().thenComparing(t -> t.key().toString()))
            .map(TriggerView::of)
            .toList(),
        families,
        sources);
  }

  public record StormView(Instant since, int perMinute, long alerts) {
    static StormView of(Sensed.Storm s) {
      return new StormView(s.since(), s.perMinute(), s.alerts());
    }
  }

  /// @param score how well the two fit, in [0, 1]
  public record CandidateView(String incident, String service, double score, String reason) {
    static CandidateView of(Correlation.Candidate c) {
      return new CandidateView(c.into().value(), c.service().value(), c.score(), c.reason());
    }
  }
}

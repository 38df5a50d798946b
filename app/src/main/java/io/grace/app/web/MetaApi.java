package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.web.LogViews.EntryView;
import io.grace.app.web.RunViews.QuestionView;
import io.grace.core.model.Health.Status;
import io.grace.core.model.MetaCycle;
import io.grace.core.model.ServiceId;
import io.grace.core.state.Incident;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The whole: what GRACE attends to, how much it may do by itself, and what people could do.
@RestController
public final class MetaApi {
  private final Backend backend;

  MetaApi(Backend backend) {
    this.backend = backend;
  }

  /// @param number of the last cycle, 0 before the first; focus, guardrail and evidence are its
  /// @param distressScore 0–100, of now
  public record FocusView(
      long number,
      Optional<Instant> at,
      String focus,
      String guardrail,
      List<String> evidence,
      int distressScore,
      List<String> criticalServices,
      List<String> degradedServices,
      int openIncidents,
      List<String> recommendations) {}

  @GetMapping("/api/meta/focus")
  public FocusView focus() {
    Snapshot s = backend.snapshot();
    MetaCycle cycle = s.metaCycle();
    List<String> critical = withStatus(s, Status.CRITICAL);
    List<String> degraded = withStatus(s, Status.DEGRADED);
    int open = s.openIncidents().size();
    return new FocusView(
        cycle.number(),
        s.meta().map(Snapshot.MetaAt::at),
        Words.of(cycle.focus()),
        Words.of(cycle.guardrail()),
        cycle.evidence(),
        MetaCycle.distress(critical.size(), degraded.size(), open),
        critical,
        degraded,
        open,
        recommendations(s));
  }

  private static List<String> withStatus(Snapshot s, Status status) {
    return s.health().entrySet().stream()
        .filter(e -> e.getValue().health().status() == status)
        .map(Map.Entry::getKey)
        .sorted()
        .map(ServiceId::value)
        .toList();
  }

  private static List<String> recommendations(Snapshot s) {
    var all = new ArrayList<String>();
    s.pause()
        .ifPresent(
            p -> all.add("resume when it is safe: " + p.by() + " paused GRACE: " + p.reason()));
    s.runs().values().stream()
        .sorted(Comparator.comparing(Run::id))
        .forEach(run -> {
          if (run instanceof Run.Asking asking) {
            all.add("answer " + run.id() + ": " + asking.question());
          } else if (run instanceof Run.Working working) {
            QuestionView.of(working)
                .forEach(q -> all.add("answer " + run.id() + ": " + q.question()));
          }
        });
    s.openIncidents().values().stream()
        .sorted()
        .flatMap(id -> s.incident(id).stream())
        .forEach(i ->
            need(i)
                .ifPresent(
                    why -> all.add("look at " + i.id() + " of " + i.service() + ": " + why)));
    for (String silent : withStatus(s, Status.UNKNOWN)) {
      all.add("check the telemetry of " + silent + ": nothing is heard of it");
    }
    return all;
  }

  private static Optional<String> need(Incident incident) {
    return incident.acknowledgedBy().isPresent()
        ? Optional.empty()
        : incident.needsPerson().or(() -> incident.escalation().map(Incident.Escalation::reason));
  }

  /// All cycles, in the order of the journal.
  @GetMapping("/api/meta/cycles")
  public Page<EntryView> cycles(
      @RequestParam @Nullable String after, @RequestParam @Nullable Integer limit)
      throws StoreUnavailable {
    return LogApi.page(backend, after, limit, Optional.of("meta.cycled"), Optional.empty());
  }
}

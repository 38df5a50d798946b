package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.Backend.PastIncident;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.web.IncidentViews.IncidentView;
import io.grace.app.web.Passages.PassageView;
import io.grace.app.web.SensingViews.CandidateView;
import io.grace.core.analyze.Calls;
import io.grace.core.analyze.Correlation;
import io.grace.core.loop.Command;
import io.grace.core.model.IncidentId;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Incidents, the newest first.
@RestController
public final class IncidentsApi {
  private static final int MOST_CANDIDATES = 20;

  private final Backend backend;
  private final Commander commander;
  private final Passages passages;

  IncidentsApi(Backend backend) {
    this.backend = backend;
    this.commander = new Commander(backend);
    this.passages = new Passages(backend);
  }

  @GetMapping("/api/incidents")
  public Page<IncidentView> incidents(
      @RequestParam @Nullable String state,
      @RequestParam @Nullable Integer limit,
      @RequestParam @Nullable String after)
      throws StoreUnavailable {
    String wanted = Inputs.word("state", state, "open", "resolved", "all");
    int most = Inputs.limit(limit);
    Optional<IncidentId> below = Inputs.optional("after", after, IncidentId::new);
    // Before the store is read: what is resolved in between is then in both, not in neither.
    Snapshot snapshot = backend.snapshot();
    var found = new TreeMap<IncidentId, IncidentView>(Comparator.reverseOrder());
    if (!wanted.equals("open")) {
      for (PastIncident past : backend.pastIncidents(below, most + 1)) {
        found.put(past.id(), IncidentView.of(past));
      }
    }
    for (Incident incident : snapshot.incidents().values()) {
      found.remove(incident.id()); // The snapshot knows more, and whether it was reopened.
      boolean isAsked = wanted.equals("all") || wanted.equals("open") == incident.isOpen();
      if (isAsked && below.map(b -> incident.id().compareTo(b) < 0).orElse(true)) {
        found.put(incident.id(), IncidentView.of(incident, snapshot));
      }
    }
    List<IncidentView> inOrder = new ArrayList<>(found.values());
    return Page.first(inOrder, most, IncidentView::id, i -> i);
  }

  @GetMapping("/api/incidents/{id}")
  public IncidentView incident(@PathVariable String id) throws StoreUnavailable {
    IncidentId incident = Inputs.incident(id);
    Snapshot snapshot = backend.snapshot();
    Optional<Incident> known = snapshot.incident(incident);
    if (known.isPresent()) {
      return IncidentView.of(known.get(), snapshot);
    }
    return backend
        .pastIncident(incident)
        .map(IncidentView::of)
        .orElseThrow(() -> Refusal.notFound("no incident " + incident));
  }

  /// The open incidents that this one may be part of, the likeliest first.
  @GetMapping("/api/incidents/{id}/candidates")
  public Page<CandidateView> candidates(@PathVariable String id) {
    Snapshot snapshot = backend.snapshot();
    IncidentId wanted = Inputs.incident(id);
    Incident incident =
        snapshot
            .incident(wanted)
            .filter(Incident::isOpen)
            .orElseThrow(() -> Refusal.notFound("no open incident " + wanted));
    var policy = backend.policy();
    var topology = Calls.together(policy.topology(), snapshot.sensed().calls().keySet());
    return Page.whole(
        new Correlation(topology, policy.sensing().correlateWithin())
            .candidates(incident, snapshot).stream()
                .limit(MOST_CANDIDATES)
                .map(CandidateView::of)
                .toList());
  }

  /// What runbooks and post-mortems say that fits best; nothing without the domain `knowledge`.
  @GetMapping("/api/incidents/{id}/passages")
  public Page<PassageView> passages(@PathVariable String id) throws StoreUnavailable {
    return Page.whole(passages.of(incident(id)).orElse(List.of()));
  }

  /// The same for the console; empty without the domain `knowledge`.
  public Optional<List<PassageView>> written(IncidentView incident) {
    return passages.of(incident);
  }

  public record NoteBody(@Nullable String note) {}

  /// Writes something down about the incident; it stays in the journal.
  @PostMapping("/api/incidents/{id}/note")
  public IncidentView note(@PathVariable String id, @RequestBody NoteBody body, Principal person)
      throws StoreUnavailable {
    commander.perform(
        new Command.Note(Inputs.incident(id), person.getName(), Inputs.reason(body.note())));
    return incident(id);
  }

  public record MergeBody(@Nullable String into, @Nullable String reason) {}

  /// Makes the incident part of another.
  @PostMapping("/api/incidents/{id}/merge")
  public IncidentView merge(@PathVariable String id, @RequestBody MergeBody body, Principal person)
      throws StoreUnavailable {
    commander.perform(
        new Command.Merge(
            Inputs.incident(id),
            Inputs.incident(body.into()),
            person.getName(),
            Inputs.reason(body.reason())));
    return incident(id);
  }

  /// Lets the incident stand for itself; GRACE does not merge it again.
  @PostMapping("/api/incidents/{id}/split")
  public IncidentView split(
      @PathVariable String id, @RequestBody SystemApi.ReasonBody body, Principal person)
      throws StoreUnavailable {
    commander.perform(
        new Command.Split(Inputs.incident(id), person.getName(), Inputs.reason(body.reason())));
    return incident(id);
  }

  @PostMapping("/api/incidents/{id}/acknowledge")
  public IncidentView acknowledge(
      @PathVariable String id, @RequestBody SystemApi.ReasonBody body, Principal person)
      throws StoreUnavailable {
    commander.perform(
        new Command.Acknowledge(
            Inputs.incident(id), person.getName(), Inputs.reason(body.reason())));
    return incident(id);
  }
}

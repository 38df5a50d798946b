package io.grace.app.console;

import io.grace.app.Backend;
import io.grace.app.Backend.EndedRun;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.console.Sentences.Line;
import io.grace.app.web.IncidentViews.IncidentView;
import io.grace.app.web.IncidentsApi;
import io.grace.app.web.IncidentsApi.NoteBody;
import io.grace.app.web.Inputs;
import io.grace.app.web.RunViews.RunView;
import io.grace.app.web.RunsApi;
import io.grace.app.web.SystemApi.ReasonBody;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What went wrong, told as a story.
@Controller
public final class IncidentPages {
  private final Pages pages;
  private final Backend backend;
  private final IncidentsApi incidents;
  private final RunsApi runs;
  private final Stories stories;
  private final InstantSource clock;

  IncidentPages(
      Pages pages, IncidentsApi incidents, RunsApi runs, Stories stories, InstantSource clock) {
    this.pages = pages;
    this.backend = pages.backend();
    this.incidents = incidents;
    this.runs = runs;
    this.stories = stories;
    this.clock = clock;
  }

  @GetMapping("/incidents")
  public ResponseEntity<String> all(
      @RequestParam @Nullable String state,
      @RequestParam @Nullable String after,
      HttpServletRequest request)
      throws StoreUnavailable {
    String wanted = Inputs.word("state", state, "all", "open", "resolved");
    var page = incidents.incidents(wanted, 50, after);
    return pages.page(
        request,
        "incidents",
        "Incidents",
        "incidents",
        Map.of("items", page.items(), "next", page.next(), "state", wanted));
  }

  @GetMapping("/incidents/{id}")
  public ResponseEntity<String> incident(@PathVariable String id, HttpServletRequest request)
      throws StoreUnavailable {
    IncidentView incident = incidents.incident(id);
    List<Line> story = stories.incident(new IncidentId(id));
    List<RunView> runs = runs(id);
    var model = new HashMap<String, Object>();
    model.put("incident", incident);
    model.put("runs", runs);
    model.put("gantts", gantts(runs, story));
    model.put("story", story);
    model.put("gate", gate(story));
    model.put("metrics", metrics(incident));
    model.put("passages", incidents.written(incident));
    model.put("now", clock.instant());
    return pages.page(request, "incident", id + " " + incident.service(), "incidents", model);
  }

  private List<RunView> runs(String id) throws StoreUnavailable {
    var all = new ArrayList<RunView>();
    for (EndedRun run : backend.runsFor(new IncidentId(id))) {
      all.add(runs.run(run.id().value()));
    }
    for (RunView open : runs.runs("open", null, Inputs.MOST_ITEMS, null).items()) {
      if (open.incident().equals(id)) {
        all.add(open);
      }
    }
    return all;
  }

  private List<Gantt> gantts(List<RunView> runs, List<Line> story) {
    Instant now = clock.instant();
    return runs.stream()
        .map(run ->
            Gantt.of(
                run.plan(),
                story.stream().filter(l -> l.entry().subject().equals(run.id())).toList(),
                stories.sentences(),
                now))
        .toList();
  }

  /// The last receipt of the gate about any of the runs.
  private static List<Sentences.Receipt> gate(List<Line> story) {
    return story.reversed().stream()
        .filter(l -> !l.receipts().isEmpty())
        .findFirst()
        .map(Line::receipts)
        .orElse(List.of());
  }

  /// Those that speak of the trouble first, then all others that are heard of the service.
  private List<String> metrics(IncidentView incident) {
    var wanted = new java.util.LinkedHashSet<String>();
    incident.diagnosis().ifPresent(d -> d.evidence().forEach(s -> wanted.add(s.metric())));
    var heard = new TreeSet<String>();
    for (MetricId metric : backend.metrics(new ServiceId(incident.service()))) {
      heard.add(metric.value());
    }
    wanted.retainAll(heard);
    wanted.addAll(heard);
    return List.copyOf(wanted);
  }

  @PostMapping("/incidents/{id}/acknowledge")
  public ResponseEntity<String> acknowledge(
      @PathVariable String id, @RequestParam String reason, Principal person)
      throws StoreUnavailable {
    incidents.acknowledge(id, new ReasonBody(reason), person);
    return SignIn.see("/incidents/" + Inputs.incident(id));
  }

  @PostMapping("/incidents/{id}/note")
  public ResponseEntity<String> note(
      @PathVariable String id, @RequestParam String note, Principal person)
      throws StoreUnavailable {
    incidents.note(id, new NoteBody(note), person);
    return SignIn.see("/incidents/" + Inputs.incident(id) + "#notes");
  }

  /// A post-mortem to begin with: what is known, and what only people can add.
  @GetMapping("/incidents/{id}/post-mortem.md")
  public ResponseEntity<String> postMortem(@PathVariable String id) throws StoreUnavailable {
    IncidentView incident = incidents.incident(id);
    String text =
        PostMortem.of(incident, runs(id), stories.incident(new IncidentId(id)), clock.instant());
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "text/markdown;charset=utf-8")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"post-mortem-" + incident.id() + ".md\"")
        .body(text);
  }
}

package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.guard.Problem;
import io.grace.app.web.PlanViews.BlastRadiusView;
import io.grace.app.web.PlanViews.PlanView;
import io.grace.app.web.PlaybookViews.PlaybookView;
import io.grace.core.analyze.Calls;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.loop.Command;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.IncidentId;
import io.grace.core.model.Plan;
import io.grace.core.model.Plans;
import io.grace.core.model.Playbook;
import io.grace.core.model.PlaybookId;
import io.grace.core.plan.Planner;
import io.grace.core.state.Incident;
import java.security.Principal;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The known playbooks, and asking for one by name.
@RestController
final class PlaybooksApi {
  private final Backend backend;
  private final Commander commander;

  PlaybooksApi(Backend backend) {
    this.backend = backend;
    this.commander = new Commander(backend);
  }

  /// @param execute false shows the plan only, true proposes it
  record PlanBody(
      @Nullable String incident,
      @Nullable String playbook,
      @Nullable String reason,
      boolean execute) {}

  /// @param run null if the plan is only shown
  record PlannedView(
      PlanView plan, String hash, BlastRadiusView blastRadius, Optional<String> run) {}

  @GetMapping("/api/playbooks")
  Page<PlaybookView> playbooks() {
    return Page.whole(
        backend.policy().playbooks().stream()
            .sorted(Comparator.comparing(Playbook::id))
            .map(PlaybookView::of)
            .toList());
  }

  @PostMapping("/api/playbooks/plan")
  ResponseEntity<PlannedView> plan(@RequestBody PlanBody body, Principal person) {
    IncidentId incident = Inputs.incident(body.incident());
    PlaybookId playbook = Inputs.playbook(body.playbook());
    if (!body.execute()) {
      return ResponseEntity.ok(view(preview(incident, playbook), Optional.empty()));
    }
    String reason = Inputs.reason(body.reason());
    var event =
        commander.perform(new Command.Propose(incident, playbook, person.getName(), reason));
    if (event.isEmpty() || !(event.get() instanceof RunProposed proposed)) {
      throw new IllegalStateException("a proposal was recorded as " + event);
    }
    return ResponseEntity.accepted()
        .body(view(proposed.proposal().plan(), Optional.of(proposed.run().value())));
  }

  private PlannedView view(Plan plan, Optional<String> run) {
    var policy = backend.policy();
    return new PlannedView(
        PlanView.of(plan),
        Plans.hash(plan, policy.hash()).value(),
        BlastRadiusView.of(policy.topology().blastRadius(plan.targets())),
        run);
  }

  private Plan preview(IncidentId id, PlaybookId name) {
    var snapshot = backend.snapshot();
    var policy = backend.policy();
    Diagnosis diagnosis =
        snapshot
            .incident(id)
            .filter(Incident::isOpen)
            .flatMap(Incident::diagnosis)
            .orElseThrow(() -> Refusal.notFound("no open, diagnosed incident " + id));
    Playbook playbook =
        policy.playbooks().stream()
            .filter(p -> p.id().equals(name))
            .findFirst()
            .orElseThrow(() -> Refusal.notFound("no playbook " + name));
    var option =
        Planner.option(
            playbook,
            diagnosis,
            Map.of(),
            policy,
            snapshot,
            Calls.together(policy.topology(), snapshot.sensed().calls().keySet()));
    return option
        .plan()
        .orElseThrow(() -> new Refusal(new Problem(409, "conflict", "Not now", option.obstacle())));
  }
}

package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.web.PlanViews.BlastRadiusView;
import io.grace.app.web.PlanViews.PlanView;
import io.grace.app.web.PlaybookViews.PlaybookView;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.loop.Command;
import io.grace.core.model.IncidentId;
import io.grace.core.model.Playbook;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.Receipt;
import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The known playbooks, and asking for one by name.
@RestController
public final class PlaybooksApi {
  private final Backend backend;
  private final Commander commander;

  PlaybooksApi(Backend backend) {
    this.backend = backend;
    this.commander = new Commander(backend);
  }

  /// @param execute false shows the plan only, true proposes it
  public record PlanBody(
      @Nullable String incident,
      @Nullable String playbook,
      @Nullable String reason,
      boolean execute) {}

  /// @param ruling `passed`, `asks`, `deferred` or `denied`
  public record ReceiptView(String rule, String ruling, String why) {
    static ReceiptView of(Receipt r) {
      return new ReceiptView(r.rule(), Words.of(r.ruling()), r.why());
    }
  }

  /// @param run null if the plan is only shown
  /// @param hash what an approval is bound to
  /// @param verdict what would follow
  /// @param receipts what every rule of the gate says
  public record PlannedView(
      PlanView plan,
      String hash,
      BlastRadiusView blastRadius,
      Optional<String> run,
      String verdict,
      List<ReceiptView> receipts) {}

  @GetMapping("/api/playbooks")
  public Page<PlaybookView> playbooks() {
    return Page.whole(
        backend.policy().playbooks().stream()
            .sorted(Comparator.comparing(Playbook::id))
            .map(PlaybookView::of)
            .toList());
  }

  @PostMapping("/api/playbooks/plan")
  public ResponseEntity<PlannedView> plan(@RequestBody PlanBody body, Principal person) {
    IncidentId incident = Inputs.incident(body.incident());
    PlaybookId playbook = Inputs.playbook(body.playbook());
    if (!body.execute()) {
      var planned = commander.plan(new Command.Plan(incident, playbook, person.getName()));
      return ResponseEntity.ok(
          view(
              planned.proposal(),
              Optional.empty(),
              planned.verdict().would(),
              planned.verdict().receipts()));
    }
    String reason = Inputs.reason(body.reason());
    var event =
        commander.perform(new Command.Propose(incident, playbook, person.getName(), reason));
    if (event.isEmpty() || !(event.get() instanceof RunProposed proposed)) {
      throw new IllegalStateException("a proposal was recorded as " + event);
    }
    return ResponseEntity.accepted()
        .body(
            view(
                proposed.proposal(),
                Optional.of(proposed.run().value()),
                proposed.verdict(),
                proposed.receipts()));
  }

  private static PlannedView view(
      Proposal proposal, Optional<String> run, String verdict, List<Receipt> receipts) {
    return new PlannedView(
        PlanView.of(proposal.plan()),
        proposal.hash().value(),
        BlastRadiusView.of(proposal.blastRadius()),
        run,
        verdict,
        receipts.stream().map(ReceiptView::of).toList());
  }
}

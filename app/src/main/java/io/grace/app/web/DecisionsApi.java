package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.loop.Command;
import io.grace.core.model.Finding;
import io.grace.core.model.RunId;
import io.grace.core.state.Run;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What people decide about runs.
@RestController
public final class DecisionsApi {
  private final Backend backend;
  private final Commander commander;

  DecisionsApi(Backend backend) {
    this.backend = backend;
    this.commander = new Commander(backend);
  }

  /// @param hash of the plan that the person saw, all 64 digits
  /// @param scope `plan`, or `override`: also outside the change windows
  public record ApproveBody(
      @Nullable String hash, @Nullable String scope, @Nullable String reason) {}

  /// Either of the whole run, or of a step of it.
  ///
  /// @param finding `passed` or `failed`: whether the run helped
  /// @param answer to the question of a step: a text, a number, true or false
  /// @param step its name, if more than one step asks
  public record AnswerBody(
      @Nullable String finding,
      @Nullable Object answer,
      @Nullable String step,
      @Nullable String reason) {}

  /// @param phase what the run is in now
  public record DecidedView(String run, String phase) {}

  @PostMapping("/api/runs/{id}/approve")
  public DecidedView approve(
      @PathVariable String id, @RequestBody ApproveBody body, Principal person)
      throws StoreUnavailable {
    ApprovalScope scope =
        Inputs.word("scope", body.scope(), "plan", "override").equals("plan")
            ? ApprovalScope.PLAN
            : ApprovalScope.OVERRIDE;
    RunId run = Inputs.run(id);
    commander.perform(
        new Command.Approve(
            run, Inputs.hash(body.hash()), scope, person.getName(), Inputs.reason(body.reason())));
    return decided(run);
  }

  @PostMapping("/api/runs/{id}/reject")
  public DecidedView reject(
      @PathVariable String id, @RequestBody SystemApi.ReasonBody body, Principal person)
      throws StoreUnavailable {
    RunId run = Inputs.run(id);
    commander.perform(new Command.Reject(run, person.getName(), Inputs.reason(body.reason())));
    return decided(run);
  }

  @PostMapping("/api/runs/{id}/cancel")
  public DecidedView cancel(
      @PathVariable String id, @RequestBody SystemApi.ReasonBody body, Principal person)
      throws StoreUnavailable {
    RunId run = Inputs.run(id);
    commander.perform(new Command.Cancel(run, person.getName(), Inputs.reason(body.reason())));
    return decided(run);
  }

  @PostMapping("/api/runs/{id}/answer")
  public DecidedView answer(@PathVariable String id, @RequestBody AnswerBody body, Principal person)
      throws StoreUnavailable {
    RunId run = Inputs.run(id);
    commander.perform(answer(run, body, person.getName()));
    return decided(run);
  }

  private static Command answer(RunId run, AnswerBody body, String by) {
    String reason = Inputs.reason(body.reason());
    Object answer = body.answer();
    if (answer != null && body.finding() == null) {
      return new Command.AnswerStep(
          run, Optional.ofNullable(body.step()), Inputs.argument(answer), by, reason);
    }
    if (body.finding() == null || answer != null) {
      throw Refusal.invalid(
          "needs either finding, passed or failed, or answer, for the question of a step");
    }
    boolean passed = Inputs.word("finding", body.finding(), "passed", "failed").equals("passed");
    return new Command.Answer(run, passed ? Finding.PASSED : Finding.FAILED, by, reason);
  }

  private DecidedView decided(RunId id) throws StoreUnavailable {
    Optional<Run> open = backend.snapshot().run(id);
    Run.Phase phase =
        open.isPresent()
            ? open.get().phase()
            : backend
                .endedRun(id)
                .map(run -> run.outcome().phase())
                .orElseThrow(() -> Refusal.notFound("no run " + id));
    return new DecidedView(id.value(), Words.of(phase));
  }
}

package io.grace.app.web;

import io.grace.app.Backend.EndedRun;
import io.grace.app.web.PlanViews.BlastRadiusView;
import io.grace.app.web.PlanViews.PlanView;
import io.grace.app.web.PlanViews.ProgressView;
import io.grace.core.model.Advice;
import io.grace.core.model.Candidate;
import io.grace.core.model.Plan;
import io.grace.core.model.Proposal;
import io.grace.core.state.Approval;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs in the words of the API.
public final class RunViews {
  private RunViews() {}

  /// @param lower where its chance lies with 90 %, with `upper`; null if only it was expected
  /// @param passedOver why it was not chosen; null for the chosen one
  public record CandidateView(
      String playbook,
      double score,
      Optional<Double> lower,
      Optional<Double> upper,
      double propensity,
      String reason,
      Optional<String> passedOver) {
    static CandidateView of(Candidate c) {
      return new CandidateView(
          c.playbook().value(),
          c.score(),
          c.between().map(Candidate.Between::lower),
          c.between().map(Candidate.Between::upper),
          c.propensity(),
          c.reason(),
          c.passedOver());
    }
  }

  /// @param confidence in [0, 1]; 0 if it had nothing to say
  public record AdviceView(String adviser, String said, double confidence) {
    static AdviceView of(Advice a) {
      return new AdviceView(Words.of(a.adviser()), a.said(), a.confidence());
    }
  }

  /// @param scope `plan` or `override`
  public record ApprovalView(String by, String scope, Instant at) {
    static ApprovalView of(Approval a) {
      return new ApprovalView(a.by(), Words.of(a.scope()), a.at());
    }
  }

  /// @param acted whether any step was started; null while it is open
  /// @param limit when the state ends by itself; null once it ended
  /// @param question what a person is asked of the whole run; answered with `answer`
  /// @param questions of its steps that are open
  /// @param progress where its steps stand; null unless it is working
  /// @param deferredUntil not judged again before
  /// @param approvals null in lists of ended runs: the run itself has them
  /// @param verdict what the gate said when it was proposed; null as `approvals`
  public record RunView(
      String id,
      String incident,
      String service,
      String playbook,
      int version,
      String diagnosis,
      String phase,
      Optional<Boolean> acted,
      Optional<String> outcome,
      Optional<String> reason,
      String mode,
      String hash,
      String policy,
      String requestedBy,
      Instant proposedAt,
      Optional<Instant> endedAt,
      Optional<Instant> limit,
      Optional<Instant> deferredUntil,
      Optional<String> question,
      List<QuestionView> questions,
      Optional<List<ProgressView>> progress,
      BlastRadiusView blastRadius,
      PlanView plan,
      List<CandidateView> candidates,
      List<AdviceView> advice,
      Optional<List<ApprovalView>> approvals,
      Optional<String> verdict) {}

  /// What differs between an open and an ended run.
  private record Course(
      String id,
      String phase,
      Optional<Boolean> acted,
      Optional<String> outcome,
      Optional<String> reason,
      Instant proposedAt,
      Optional<Instant> endedAt,
      Optional<Instant> limit,
      Optional<Instant> deferredUntil,
      Optional<String> question,
      List<QuestionView> questions,
      Optional<List<ProgressView>> progress,
      Optional<List<ApprovalView>> approvals,
      Optional<String> verdict) {}

  /// @param wanted which answers there are, such as `true or false`
  /// @param otherwise what counts if nobody answers; null if the run is undone then
  public record QuestionView(
      String step, String question, String wanted, Optional<Object> otherwise, Instant limit) {
    static List<QuestionView> of(Run.Working run) {
      var questions = new ArrayList<QuestionView>();
      for (int i = 0; i < run.progress().places().size(); i++) {
        Plan.Step step = run.plan().steps().get(i);
        if (step.work() instanceof Plan.Ask ask && run.progress().place(i) instanceof Place.Open) {
          questions.add(
              new QuestionView(
                  step.name(),
                  ask.question(),
                  ask.answer().wanted(),
                  ask.otherwise().map(PlanViews::plain),
                  run.limit(i).orElseThrow()));
        }
      }
      return questions;
    }
  }

  static RunView open(Run run) {
    return view(
        run.proposal(),
        new Course(
            run.id().value(),
            Words.of(run.phase()),
            Optional.empty(),
            Optional.empty(),
            run instanceof Run.Unwinding u
                ? Optional.of(u.reason())
                : run instanceof Run.Compensating c ? Optional.of(c.reason()) : Optional.empty(),
            run.facts().proposedAt(),
            Optional.empty(),
            run.limit(),
            run instanceof Run.Proposed p ? p.deferredUntil() : Optional.empty(),
            run instanceof Run.Asking a ? Optional.of(a.question()) : Optional.empty(),
            run instanceof Run.Working w ? QuestionView.of(w) : List.of(),
            run instanceof Run.Working w ? Optional.of(ProgressView.of(w)) : Optional.empty(),
            Optional.of(run.facts().approvals().stream().map(ApprovalView::of).toList()),
            Optional.of(run.facts().verdict())));
  }

  /// @param told what its story adds
  static RunView ended(EndedRun run, Optional<Told> told) {
    return view(
        run.proposal(),
        new Course(
            run.id().value(),
            Words.of(run.outcome().phase()),
            Optional.of(run.acted()),
            Optional.of(Words.of(run.outcome())),
            Optional.of(run.reason()),
            run.proposedAt(),
            Optional.of(run.endedAt()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            told.map(Told::approvals),
            told.flatMap(Told::verdict)));
  }

  private static RunView view(Proposal p, Course c) {
    return new RunView(
        c.id(),
        p.incident().value(),
        p.service().value(),
        p.plan().playbook().value(),
        p.plan().version(),
        p.diagnosis().kind().value(),
        c.phase(),
        c.acted(),
        c.outcome(),
        c.reason(),
        Words.of(p.mode()),
        p.hash().value(),
        p.policy().value(),
        p.requestedBy(),
        c.proposedAt(),
        c.endedAt(),
        c.limit(),
        c.deferredUntil(),
        c.question(),
        c.questions(),
        c.progress(),
        BlastRadiusView.of(p.blastRadius()),
        PlanView.of(p.plan()),
        p.candidates().stream().map(CandidateView::of).toList(),
        p.advice().stream().map(AdviceView::of).toList(),
        c.approvals(),
        c.verdict());
  }
}

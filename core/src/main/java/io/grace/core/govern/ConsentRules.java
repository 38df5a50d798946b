package io.grace.core.govern;

import io.grace.core.event.Event;
import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.govern.Rule.Opinion;
import io.grace.core.learn.Belief;
import io.grace.core.learn.Trust;
import io.grace.core.model.Candidate;
import io.grace.core.model.Hash;
import io.grace.core.model.Impact;
import io.grace.core.model.MetaCycle.Guardrail;
import io.grace.core.model.Mode;
import io.grace.core.model.Person;
import io.grace.core.model.Proposal;
import io.grace.core.model.SloReading;
import io.grace.core.policy.ChangeCalendar;
import io.grace.core.policy.Policy;
import io.grace.core.state.Approval;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Rules on when people must agree, and whether enough of them did.
final class ConsentRules {
  private ConsentRules() {}

  static Opinion changeWindow(Ask ask) {
    ChangeCalendar calendar = ask.policy().calendar();
    var freeze = calendar.freezeAt(ask.now());
    if (freeze.isPresent()) {
      Optional<Instant> thaw = calendar.nextThaw(ask.now());
      return Opinion.deferred("freeze '" + freeze.get().name() + "'" + until(thaw), thaw);
    }
    if (calendar.isInWindow(ask.now())) {
      return Opinion.passed("inside a change window");
    }
    if (!ask.proposal().plan().impact().atLeast(Impact.MEDIUM)) {
      return Opinion.passed("outside the change windows, but the impact is low");
    }
    int needed = ask.policy().approvals().override();
    long given = valid(ask).stream().filter(a -> a.scope() == ApprovalScope.OVERRIDE).count();
    if (given >= needed) {
      return Opinion.passed("outside the change windows, overridden by " + names(ask));
    }
    Optional<Instant> opening = calendar.nextOpening(ask.now());
    return Opinion.deferred(
        "outside the change windows"
            + until(opening)
            + "; an override needs "
            + needed
            + " approval(s)",
        opening);
  }

  private static String until(Optional<Instant> when) {
    return when.map(w -> " until " + w).orElse(", and none opens within a year");
  }

  /// Enough named people, each for exactly this plan, none of them the one who asked.
  static Opinion approval(Ask ask) {
    Optional<String> cause = consentNeeded(ask);
    if (cause.isEmpty()) {
      return Opinion.passed("autonomous: no approval needed");
    }
    if (ask.moment() == Moment.LATER_STEP) {
      return Opinion.passed("approved before its first step");
    }
    int needed = ask.policy().approvals().needed(ask.proposal().plan().impact());
    int given = valid(ask).size();
    String count = given + " of " + needed + " approvals (" + cause.get() + ")";
    return given >= needed ? Opinion.passed(count + ": " + names(ask)) : Opinion.asks(count);
  }

  /// Why people must agree; empty if GRACE may decide alone.
  private static Optional<String> consentNeeded(Ask ask) {
    Mode mode = ask.policy().mode(ask.proposal().service(), ask.proposal().plan().playbook());
    if (mode != Mode.AUTONOMOUS) {
      return Optional.of("mode " + mode.name().toLowerCase(Locale.ROOT));
    }
    if (!ask.proposal().plan().reversible()) {
      return Optional.of("it cannot be undone");
    }
    return beyondGuardrail(ask).or(() -> untrusted(ask));
  }

  /// A person who asks for a run has the trust of whoever gave the role.
  private static Optional<String> untrusted(Ask ask) {
    return ask.proposal().requestedBy().equals(Event.GRACE)
        ? trust(ask).filter(t -> !t.isEarned()).map(t -> "trust is not earned yet: " + t.evidence())
        : Optional.empty();
  }

  /// Empty if nothing has to be earned.
  private static Optional<Trust> trust(Ask ask) {
    Belief belief = ask.snapshot().belief(ask.proposal().key());
    return ask.policy()
        .learning()
        .trust()
        .map(wanted -> new Trust(belief.streak(), atLeast(ask.proposal(), belief), wanted));
  }

  /// By what the ranker knew when it was proposed, or else by what was counted here.
  private static double atLeast(Proposal proposal, Belief belief) {
    return proposal
        .chosen()
        .flatMap(Candidate::between)
        .map(Candidate.Between::lower)
        .orElseGet(() -> Trust.atLeast(belief.all()));
  }

  /// Asks nothing by itself: it is one of the reasons for an approval.
  static Opinion earned(Ask ask) {
    return Opinion.passed(trust(ask).map(Trust::evidence).orElse("the modes alone decide"));
  }

  static Opinion guardrail(Ask ask) {
    Guardrail guardrail = Budgets.guardrail(ask, Budgets.worst(ask));
    return Opinion.passed(
        beyondGuardrail(ask)
            .orElse("within guardrail " + guardrail.name().toLowerCase(Locale.ROOT)));
  }

  private static Optional<String> beyondGuardrail(Ask ask) {
    Optional<SloReading> budget = Budgets.worst(ask);
    if (budget.isPresent() && budget.get().budgetLeft() <= 0) {
      return Optional.of("the error budget of " + budget.get().slo() + " is spent");
    }
    Guardrail guardrail = Budgets.guardrail(ask, budget);
    String name = "guardrail " + guardrail.name().toLowerCase(Locale.ROOT);
    var proposal = ask.proposal();
    // As sure as GRACE is now: more samples may have come since the diagnosis.
    double confidence = ask.snapshot().health(proposal.service()).confidence();
    if (confidence < guardrail.minConfidence()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s: confidence %.2f is below %.2f",
              name,
              confidence,
              guardrail.minConfidence()));
    }
    if (proposal.blastRadius().size() > guardrail.maxBlastRadius()) {
      return Optional.of(
          name
              + ": "
              + proposal.blastRadius().size()
              + " dependents are more than "
              + guardrail.maxBlastRadius());
    }
    if (!guardrail.maxImpact().atLeast(proposal.plan().impact())) {
      return Optional.of(
          name
              + ": impact "
              + proposal.plan().impact().name().toLowerCase(Locale.ROOT)
              + " is above "
              + guardrail.maxImpact().name().toLowerCase(Locale.ROOT));
    }
    return Optional.empty();
  }

  /// Undoing is not asked: what was begun under a ratified policy has to end.
  static Opinion ratified(Ask ask) {
    var motions = ask.snapshot().motions();
    Hash policy = ask.policy().hash();
    if (!motions.rules().binds()) {
      return Opinion.passed("no parliament has to agree to the policy");
    }
    if (motions.isRatified(policy)) {
      return Opinion.passed("policy " + policy.brief() + " is ratified");
    }
    var rules = motions.rules();
    return Opinion.denied(
        "policy "
            + policy.brief()
            + " was not carried by parliament; "
            + motions
                .about(policy)
                .map(m -> m.id() + " is open about it: " + rules.said(m.count(rules)))
                .orElse("a member has to move it"));
  }

  static Opinion reversible(Ask ask) {
    return Opinion.passed(
        ask.proposal().plan().reversible()
            ? "every step can be undone"
            : "it cannot be undone: people must approve");
  }

  /// Approvals that count: bound to this plan and policy, not by the requester, not too old.
  private static List<Approval> valid(Ask ask) {
    Policy policy = ask.policy();
    return ask.approvals().stream()
        .filter(a -> a.hash().equals(ask.proposal().hash()))
        .filter(a -> !Person.isSame(a.by(), ask.proposal().requestedBy()))
        .filter(a -> ask.now().isBefore(a.at().plus(policy.limits().approvalTimeout())))
        .toList();
  }

  private static String names(Ask ask) {
    return String.join(", ", valid(ask).stream().map(Approval::by).toList());
  }
}

package io.grace.lab.sim;

import io.grace.core.event.Event.RunApproved;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.model.BlastRadius;
import io.grace.core.model.Mode;
import io.grace.core.model.Plan;
import io.grace.core.model.Proposal;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// What must hold when a step starts: mode, consent, and the budget that all runs share.
record StartRules(Findings findings) {
  void observed(Plan plan, Policy policy, String what) {
    findings.require(
        policy.mode(plan.service(), plan.playbook()) != Mode.OBSERVE,
        Invariant.OBSERVE_TOUCHES_NOTHING,
        what);
  }

  /// In approve mode, and for what cannot be undone.
  void consented(StepStarted e, Proposal proposal, List<RunApproved> approvals, Policy policy) {
    Plan plan = proposal.plan();
    if (policy.mode(plan.service(), plan.playbook()) == Mode.AUTONOMOUS && plan.reversible()) {
      return;
    }
    Instant since = e.at().minus(policy.limits().approvalTimeout());
    long people =
        approvals.stream()
            .filter(a -> a.hash().equals(proposal.hash()))
            .filter(a -> !a.by().equals(proposal.requestedBy()))
            .filter(a -> a.at().isAfter(since))
            .map(RunApproved::by)
            .distinct()
            .count();
    findings.require(
        people >= policy.approvals().needed(plan.impact()),
        Invariant.APPROVAL_IS_BOUND,
        e.run() + " has " + people + " approvals");
  }

  void shared(StepStarted e, Proposal proposal, Snapshot before, Policy policy) {
    Set<ServiceId> mine = proposal.plan().targets();
    BlastRadius all = policy.topology().blastRadius(mine);
    for (Run other : before.runs().values()) {
      if (other.phase() == Run.Phase.PROPOSED || other.id().equals(e.run())) {
        continue;
      }
      Set<ServiceId> targets = other.plan().targets();
      findings.require(
          Collections.disjoint(mine, targets) && !other.plan().service().equals(proposal.service()),
          Invariant.ONE_RUN_PER_SERVICE,
          e.run() + " and " + other.id());
      all = all.and(policy.topology().blastRadius(targets));
    }
    findings.require(
        all.size() <= policy.limits().blastRadius()
            && all.percent() <= policy.limits().blastRadiusPercent(),
        Invariant.BLAST_RADIUS_HOLDS,
        e.run() + " makes it " + all);
  }
}

package io.grace.core.loop;

import io.grace.core.event.Event;
import io.grace.core.govern.Ask;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.govern.Gate;
import io.grace.core.govern.Verdict;
import io.grace.core.model.Advice;
import io.grace.core.model.Candidate;
import io.grace.core.model.Circumstances;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Hash;
import io.grace.core.model.Metric;
import io.grace.core.model.MetricId;
import io.grace.core.model.Plan;
import io.grace.core.model.Plans;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Topology;
import io.grace.core.monitor.Readings;
import io.grace.core.monitor.Verifier;
import io.grace.core.plan.Planner;
import io.grace.core.plan.Planner.Option;
import io.grace.core.plan.Ranker;
import io.grace.core.plan.Ranker.Contender;
import io.grace.core.plan.Ranker.Question;
import io.grace.core.plan.Ranker.Ranked;
import io.grace.core.policy.Policy;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which playbook an incident gets: the gate says which it may be, the ranker which of these.
///
/// @param diagnosis of the incident
record Choosing(
    Policy policy,
    Ranker ranker,
    Topology topology,
    Incident incident,
    Diagnosis diagnosis,
    Snapshot snapshot,
    Readings readings,
    Instant now) {
  /// What came of it.
  sealed interface Choice {
    record Chosen(Proposal proposal, Verdict verdict) implements Choice {}

    /// @param playbook the first of those that the gate does not allow
    record Denied(PlaybookId playbook, Verdict.Denied verdict) implements Choice {}

    record NothingLeft() implements Choice {}
  }

  Choice choose() {
    var allowed = new LinkedHashMap<PlaybookId, Option>();
    var contenders = new ArrayList<Contender>();
    var passed = new ArrayList<Candidate>();
    Optional<Choice> firstDenial = Optional.empty();
    for (Option option : Planner.rank(diagnosis, incident.ruledOut(), policy, snapshot, topology)) {
      if (option.plan().isEmpty()) {
        passed.add(passedOver(option, option.obstacle()));
        continue;
      }
      Proposal alone = proposal(option.plan().get(), List.of(expected(option)), List.of());
      Verdict verdict = judge(alone);
      if (!(verdict instanceof Verdict.Denied denied)) {
        allowed.put(option.playbook(), option);
        contenders.add(
            new Contender(
                option.definition(), option.score(), option.reason(), alone.blastRadius().size()));
        continue;
      }
      if (!Gate.isAboutPlaybook(denied.rule())) {
        return new Choice.Denied(option.playbook(), denied);
      }
      passed.add(passedOver(option, denied.rule() + ": " + denied.reason()));
      firstDenial = firstDenial.or(() -> Optional.of(new Choice.Denied(option.playbook(), denied)));
    }
    return contenders.isEmpty()
        ? firstDenial.orElse(new Choice.NothingLeft())
        : best(allowed, contenders, passed);
  }

  private Choice best(
      Map<PlaybookId, Option> allowed, List<Contender> contenders, List<Candidate> passed) {
    List<Ranked> ranked =
        ranker.rank(new Question(diagnosis, circumstances(), contenders, snapshot, now, seed()));
    Ranked first = ranked.getFirst();
    var candidates = new ArrayList<Candidate>();
    for (Ranked r : ranked) {
      candidates.add(
          new Candidate(
              r.playbook(),
              r.score(),
              r.between(),
              r.propensity(),
              r.reason(),
              r == first ? Optional.empty() : Optional.of(Candidate.below(first.playbook()))));
    }
    candidates.addAll(passed);
    List<Advice> advice = Advisers.of(incident, snapshot, first);
    Plan plan =
        Optional.ofNullable(allowed.get(first.playbook())).flatMap(Option::plan).orElseThrow();
    Proposal proposal = proposal(plan, candidates, advice);
    return new Choice.Chosen(proposal, judge(proposal));
  }

  private static Candidate expected(Option option) {
    return new Candidate(option.playbook(), option.score(), 1, option.reason(), Optional.empty());
  }

  private static Candidate passedOver(Option option, String why) {
    return new Candidate(option.playbook(), option.score(), 0, option.reason(), Optional.of(why));
  }

  private Proposal proposal(Plan plan, List<Candidate> candidates, List<Advice> advice) {
    return proposal(
        incident,
        diagnosis,
        plan,
        Event.GRACE,
        candidates,
        circumstances(),
        advice,
        policy,
        topology);
  }

  static Proposal proposal(
      Incident incident,
      Diagnosis diagnosis,
      Plan plan,
      String requestedBy,
      List<Candidate> candidates,
      Circumstances circumstances,
      List<Advice> advice,
      Policy policy,
      Topology topology) {
    return new Proposal(
        incident.id(),
        diagnosis,
        plan,
        Plans.hash(plan, policy.hash()),
        policy.hash(),
        topology.blastRadius(plan.targets()),
        requestedBy,
        policy.mode(plan.service(), plan.playbook()),
        candidates,
        circumstances,
        advice);
  }

  private Verdict judge(Proposal proposal) {
    return judge(proposal, policy, snapshot, readings, now);
  }

  /// What the gate says of a proposal before it is recorded.
  static Verdict judge(
      Proposal proposal, Policy policy, Snapshot snapshot, Readings readings, Instant now) {
    return Gate.judge(
        new Ask(
            Moment.PROPOSAL,
            Optional.empty(),
            proposal,
            List.of(),
            snapshot,
            policy,
            unmet(proposal, readings, policy, now),
            Freshness.lastHeard(proposal.service(), snapshot, readings, now),
            now));
  }

  static List<String> unmet(Proposal proposal, Readings readings, Policy policy, Instant now) {
    return Verifier.unmet(
        proposal.plan().preconditions(), readings, now.minus(policy.limits().staleAfter()));
  }

  private Circumstances circumstances() {
    return circumstances(diagnosis.service(), policy, snapshot, readings, now);
  }

  /// The load is that of whatever is nearest to its critical threshold.
  static Circumstances circumstances(
      ServiceId service, Policy policy, Snapshot snapshot, Readings readings, Instant now) {
    Instant since = now.minus(policy.limits().staleAfter());
    double load = 0;
    double[] newest = new double[1];
    for (String name : Metric.CAPACITY) {
      var metric = policy.metrics().get(new MetricId(name));
      if (metric != null
          && metric.critical() > 0
          && readings.newest(service, metric.id(), since, newest) > 0) {
        load = Math.max(load, newest[0] / metric.critical());
      }
    }
    return new Circumstances(Math.clamp(load, 0, 1), snapshot.metaCycle().distress());
  }

  /// The same for the same decision, however often it is made again.
  private long seed() {
    String decision = incident.id() + " " + snapshot.lastRun() + " " + diagnosis.kind();
    return Long.parseUnsignedLong(Hash.sha256(decision).value().substring(0, 16), 16);
  }
}

package io.grace.runtime.judgement;

import io.grace.core.learn.Experience;
import io.grace.core.model.Check;
import io.grace.core.model.Check.Comparison;
import io.grace.core.model.Circumstances;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Hash;
import io.grace.core.model.Impact;
import io.grace.core.model.Metric;
import io.grace.core.model.Metric.Direction;
import io.grace.core.model.MetricId;
import io.grace.core.model.Mode;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Node;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.Retries;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Topology;
import io.grace.core.model.Verification;
import io.grace.core.plan.Ranker;
import io.grace.core.policy.Approvals;
import io.grace.core.policy.ChangeCalendar;
import io.grace.core.policy.Learning;
import io.grace.core.policy.Limits;
import io.grace.core.policy.Policy;
import io.grace.core.policy.Sensing;
import io.grace.core.policy.TriageRule;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Two services of one kind, and two playbooks for one diagnosis.
final class Web {
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  static final ServiceId A = new ServiceId("web-a");
  static final ServiceId B = new ServiceId("web-b");
  static final MetricId LATENCY = new MetricId("latency_ms");
  static final MetricId CPU = new MetricId("cpu_ratio");
  static final Playbook FIRST = playbook("first", 0.6);
  static final Playbook SECOND = playbook("second", 0.5);

  private Web() {}

  static Policy policy(Learning learning) {
    return new Policy(
        Hash.sha256("web"),
        Mode.AUTONOMOUS,
        Map.of(),
        Map.of(
            LATENCY, new Metric(LATENCY, "ms", Direction.HIGHER_IS_WORSE, 500, 2000),
            CPU, new Metric(CPU, "ratio", Direction.HIGHER_IS_WORSE, 0.85, 0.95)),
        TriageRule.DEFAULTS,
        List.of(FIRST, SECOND),
        Map.of(),
        ChangeCalendar.always(),
        Limits.DEFAULTS,
        Approvals.DEFAULTS,
        new Topology(Map.of(A, Set.of(B))),
        Sensing.DEFAULTS,
        learning);
  }

  private static Playbook playbook(String id, double prior) {
    return new Playbook(
        new PlaybookId(id),
        1,
        id,
        Set.of(TriageRule.LATENCY_SPIKE),
        Map.of(),
        List.of(),
        List.of(
            new Node.Step(
                "act",
                new Call(id, Optional.empty(), Map.of()),
                Duration.ofSeconds(30),
                Retries.NONE,
                Optional.empty(),
                new Undo.NotNeeded("nothing stays"))),
        new Verification(
            List.of(new Check(Optional.empty(), LATENCY, Comparison.LESS, 500)),
            Duration.ofSeconds(10),
            2,
            3,
            Duration.ofSeconds(60)),
        Impact.LOW,
        prior,
        Duration.ofMinutes(5));
  }

  static Ranker.Question question(ServiceId service, Snapshot snapshot, long seed) {
    return new Ranker.Question(
        new Diagnosis(
            service,
            TriageRule.LATENCY_SPIKE,
            Severity.MEDIUM,
            1,
            List.of(),
            Optional.empty(),
            List.of(),
            "slow"),
        new Circumstances(0.5, 20),
        List.of(
            new Ranker.Contender(FIRST, FIRST.prior(), "prior", 0),
            new Ranker.Contender(SECOND, SECOND.prior(), "prior", 0)),
        snapshot,
        NOW,
        seed);
  }

  static Experience experience(ServiceId service, Playbook playbook, boolean helped, int minute) {
    return new Experience(
        new Proposal.Key(service, TriageRule.LATENCY_SPIKE, playbook.id()),
        new Circumstances(0.5, 20),
        0,
        1,
        List.of(
            new Experience.Choice(FIRST.id(), FIRST.prior()),
            new Experience.Choice(SECOND.id(), SECOND.prior())),
        helped,
        false,
        NOW.minus(Duration.ofHours(10)).plus(Duration.ofMinutes(minute)),
        Duration.ofSeconds(40));
  }

  static Snapshot after(List<Experience> experiences) {
    Snapshot s = Snapshot.EMPTY;
    return new Snapshot(
        s.life(),
        s.pause(),
        s.health(),
        s.incidents(),
        s.openIncidents(),
        s.runs(),
        s.proposals(),
        s.attempts(),
        s.tracks(),
        s.beliefs(),
        s.selfRecoveries(),
        s.alone(),
        s.precedents(),
        experiences,
        s.outcomes(),
        s.counters(),
        s.meta(),
        s.sensed(),
        s.memories(),
        s.motions(),
        s.lastRun(),
        s.lastIncident());
  }
}

package io.grace.runtime.replay;

import io.grace.core.event.Event;
import io.grace.core.event.Event.ProposalSkipped;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.loop.Reconciler;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Symptom;
import io.grace.core.monitor.Readings;
import io.grace.core.policy.Policy;
import io.grace.core.policy.ServicePolicy;
import io.grace.core.state.Snapshot;
import io.grace.runtime.judgement.LearnedRanker;
import io.grace.runtime.replay.Replay.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One policy meeting recorded incidents. Owned by one thread.
final class Rerun {
  /// How long symptoms are taken to last that nothing ended; longer than anybody settles.
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration NEVER = Duration.ofDays(3650);

  private final Policy policy;

  Rerun(Policy policy) {
    this.policy = policy;
  }

  /// What this policy decides first.
  ///
  /// @param base the state before the service fell sick
  /// @param end what came later is not looked at
  Decided decide(Snapshot base, ServiceId service, List<Frame> frames, Instant end) {
    var reconciler = new Reconciler(policy, NEVER, new LearnedRanker(policy));
    var seen = new Seen(service);
    // Its own open runs are of the recorded policy; those of others stay, for budgets.
    // What parliament would say is not asked: it would be asked before.
    Snapshot now = base.withoutRunsOf(service).withoutMotions();
    Decided decided = Decided.UNDECIDED;
    for (Instant at : moments(frames, service, end)) {
      frames.stream().filter(f -> f.at().equals(at)).forEach(f -> seen.look(f, at));
      seen.at = at;
      var decision = reconciler.reconcile(now, seen, Set.of(service), at);
      for (Event event : decision.events()) {
        if (event instanceof RunProposed e && e.proposal().service().equals(service)) {
          return Decided.of(e);
        }
        if (event instanceof ProposalSkipped e && e.service().equals(service)) {
          decided = Decided.of(e);
        }
      }
      now = decision.after();
    }
    return decided;
  }

  /// When something can be decided: with each news, and when the symptoms have settled.
  private TreeSet<Instant> moments(List<Frame> frames, ServiceId service, Instant end) {
    Duration settle = policy.service(service).map(ServicePolicy::settle).orElse(Duration.ZERO);
    var moments = new TreeSet<Instant>();
    for (Frame frame : frames) {
      moments.add(frame.at());
      moments.add(frame.at().plus(settle));
      moments.add(frame.at().plus(settle).plusSeconds(1));
    }
    moments.tailSet(end, false).clear();
    return moments;
  }

  /// The recorded symptoms as measurements that last until the next ones.
  private static final class Seen implements Readings {
    /// The health monitor takes the median of three.
    private static final int SAMPLES = 3;

    private final ServiceId service;
    private final Map<MetricId, Double> values = new HashMap<>();
    private Instant at = Instant.EPOCH;

    Seen(ServiceId service) {
      this.service = service;
    }

    void look(Frame frame, Instant now) {
      at = now;
      values.clear();
      for (Symptom symptom : frame.health().health().symptoms()) {
        if (!symptom.isAlert()) {
          values.put(symptom.metric(), symptom.value());
        }
      }
    }

    @Override
    public List<Reading> newest(ServiceId of, MetricId metric, Instant since, int limit) {
      var value = of.equals(service) ? values.get(metric) : null;
      var readings = new ArrayList<Reading>();
      for (int i = 0; value != null && i < Math.min(limit, SAMPLES); i++) {
        readings.add(new Reading(value, at));
      }
      return readings;
    }

    @Override
    public Set<MetricId> metrics(ServiceId of) {
      return of.equals(service) ? Set.copyOf(values.keySet()) : Set.of();
    }

    @Override
    public Optional<Instant> lastHeard(ServiceId of) {
      return Optional.of(at);
    }
  }
}

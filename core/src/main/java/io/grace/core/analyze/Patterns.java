package io.grace.core.analyze;

import io.grace.core.learn.Belief;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Proposal;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SourceId;
import io.grace.core.model.Symptom;
import io.grace.core.model.Topology;
import io.grace.core.model.Trigger;
import io.grace.core.model.Trigger.Kind;
import io.grace.core.state.AlertState;
import io.grace.core.state.Incident;
import io.grace.core.state.Sensed.Judged;
import io.grace.core.state.Sensed.Onset;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds in what was recorded what no single threshold shows: log analysis of the journal, and
/// looks at the whole.
///
/// A confidence is one minus the odds that chance alone brings as much; each finder says which
/// chance it means.
public record Patterns(Snapshot snapshot, Topology topology, Instant now) {
  private static final String META = "meta";
  private static final String SPINE = "spine";
  private static final String LOG = "log";

  /// A service is taken to be sick for one part in twenty of its time, by itself.
  private static final double USUALLY_SICK = 0.05;

  private static final int LEAST_ROOTS = 3;
  private static final double LEAST_SHARE = 0.3;
  private static final int LEAST_TIMES = 3;
  private static final Duration TOGETHER = Duration.ofMinutes(10);
  private static final Duration RELAPSES = Duration.ofMinutes(15);
  private static final Duration RECURS = Duration.ofHours(1);
  private static final Duration CASCADES = Duration.ofMinutes(5);

  /// What is expected to begin at one service within an hour, by itself.
  private static final double PER_HOUR = 0.5;

  private static final double SLOWER = 2;

  public List<Trigger> all() {
    var found = new ArrayList<Trigger>();
    systemicIssue().ifPresent(found::add);
    systemicPattern().ifPresent(found::add);
    crossDomain(found);
    relapses(found);
    recurring(found);
    slowdown(found);
    cascade().ifPresent(found::add);
    return found;
  }

  private Trigger trigger(
      Kind kind, String source, Optional<ServiceId> service, double confidence, String evidence) {
    return new Trigger(kind, source, service, Math.clamp(confidence, 0.0, 1.0), evidence, now, now);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /// The odds that so many of all services are sick at the same time independently of each other.
  private Optional<Trigger> systemicIssue() {
    int known = 0;
    for (ServiceId service : snapshot.health().keySet()) {
      known += SourceId.isNode(service) ? 0 : 1;
    }
    int roots =
        (int)
            snapshot.openIncidents().values().stream()
                .flatMap(id -> snapshot.incident(id).stream())
                .filter(i -> snapshot.health(i.service()).isSick())
                .filter(i -> i.diagnosis().flatMap(d -> d.causedBy()).isEmpty())
                .count();
    return roots >= LEAST_ROOTS && roots >= LEAST_SHARE * known
        ? Optional.of(
            trigger(
                Kind.SYSTEMIC_ISSUE,
                META,
                Optional.empty(),
                1 - Odds.binomial(roots, known, USUALLY_SICK),
                text("%d of %d services are sick at their root", roots, known)))
        : Optional.empty();
  }

  /// The odds that so many services get the same diagnosis within the time independently.
  private Optional<Trigger> systemicPattern() {
    var services = new TreeMap<DiagnosisKind, Set<ServiceId>>();
    for (Onset onset : within(TOGETHER)) {
      services.computeIfAbsent(onset.diagnosis(), _ -> new TreeSet<>()).add(onset.service());
    }
    return services.entrySet().stream()
        .filter(e -> e.getValue().size() >= LEAST_ROOTS)
        .map(e -> {
          double expected = PER_HOUR * TOGETHER.toMinutes() / 60 * Math.sqrt(e.getValue().size());
          return trigger(
              Kind.SYSTEMIC_PATTERN,
              META,
              Optional.empty(),
              1 - Odds.poisson(e.getValue().size(), expected),
              text(
                  "%s at %d services within %d min: %s",
                  e.getKey(), e.getValue().size(), TOGETHER.toMinutes(), e.getValue()));
        })
        .findFirst();
  }

  /// The odds that all of the sources that agree are wrong, each as often as it was before.
  private void crossDomain(List<Trigger> found) {
    for (ServiceId service : new TreeSet<>(snapshot.sensed().alertsOf().keySet())) {
      var sources = new TreeSet<String>();
      snapshot.sensed().alertsOf(service).stream()
          .filter(AlertState::counts)
          .filter(a -> a.alert().isSickness())
          .forEach(a -> sources.add(a.alert().source().value()));
      boolean isMeasured = !snapshot.health(service).symptoms().stream().allMatch(Symptom::isAlert);
      if (isMeasured) {
        sources.add("measured");
      }
      if (sources.size() >= 2) {
        double wrong = 1;
        for (String source : sources) {
          Judged judged = snapshot.sensed().judged(Kind.CROSS_DOMAIN_ALERT, source);
          wrong *= 1 - judged.precision();
        }
        found.add(
            trigger(
                Kind.CROSS_DOMAIN_ALERT,
                SPINE,
                Optional.of(service),
                1 - wrong,
                text("%d sources agree that %s is sick: %s", sources.size(), service, sources)));
      }
    }
  }

  /// The odds that a service falls sick so often within the time by itself.
  private void relapses(List<Trigger> found) {
    times(RELAPSES)
        .forEach((service, times) -> {
          if (times >= LEAST_TIMES) {
            found.add(
                trigger(
                    Kind.HEALTH_DEGRADATION,
                    SPINE,
                    Optional.of(service),
                    1 - Odds.poisson(times, PER_HOUR * RELAPSES.toMinutes() / 60),
                    text(
                        "%s got worse %d times within %d min",
                        service, times, RELAPSES.toMinutes())));
          }
        });
  }

  private Map<ServiceId, Integer> times(Duration within) {
    var times = new TreeMap<ServiceId, Integer>();
    within(within).forEach(onset -> times.merge(onset.service(), 1, Integer::sum));
    return times;
  }

  /// The odds that the same comes back so often within the hour by itself.
  private void recurring(List<Trigger> found) {
    var times = new TreeMap<String, Integer>();
    var services = new TreeMap<String, ServiceId>();
    for (Onset onset : within(RECURS)) {
      String what = onset.diagnosis() + " of " + onset.service();
      times.merge(what, 1, Integer::sum);
      services.put(what, onset.service());
    }
    times.forEach((what, count) -> {
      if (count >= LEAST_TIMES) {
        found.add(
            trigger(
                Kind.PATTERN_DETECTED,
                LOG,
                Optional.ofNullable(services.get(what)),
                1 - Odds.poisson(count, PER_HOUR),
                text("recurring: %s began %d times within an hour", what, count)));
      }
    });
  }

  /// The odds that each of the runs of the last day is slower than usual by a coin's toss.
  private void slowdown(List<Trigger> found) {
    for (Map.Entry<Proposal.Key, Belief> known : snapshot.beliefs().entrySet()) {
      var day = known.getValue().lastDay(now);
      int before = known.getValue().all().runs() - day.runs();
      if (day.runs() < LEAST_TIMES || before < LEAST_TIMES) {
        continue;
      }
      double usual = (double) (known.getValue().all().totalMillis() - day.totalMillis()) / before;
      double lately = day.mean().toMillis();
      if (lately >= SLOWER * usual) {
        found.add(
            trigger(
                Kind.PATTERN_DETECTED,
                LOG + " slowdown",
                Optional.of(known.getKey().service()),
                1 - Math.pow(2, -day.runs()),
                text(
                    "slowdown: %s takes %.0f s on %s, %.0f s before",
                    known.getKey().playbook(),
                    lately / 1000,
                    known.getKey().service(),
                    usual / 1000)));
      }
    }
  }

  /// The odds that so many onsets come in the order of the calls by chance: 1 / k!.
  private Optional<Trigger> cascade() {
    List<ServiceId> longest = List.of();
    List<Onset> lately = within(CASCADES);
    for (int first = 0; first < lately.size(); first++) {
      var chain = new ArrayList<ServiceId>(List.of(lately.get(first).service()));
      var seen = new HashSet<>(chain);
      for (Onset next : lately.subList(first + 1, lately.size())) {
        Set<ServiceId> calls = topology.dependencies().getOrDefault(next.service(), Set.of());
        if (calls.contains(chain.getLast()) && seen.add(next.service())) {
          chain.add(next.service());
        }
      }
      if (chain.size() > longest.size()) {
        longest = chain;
      }
    }
    if (longest.size() < LEAST_TIMES) {
      return Optional.empty();
    }
    double orders = 1;
    for (int i = 2; i <= longest.size(); i++) {
      orders *= i;
    }
    return Optional.of(
        trigger(
            Kind.ANOMALY_SEQUENCE,
            LOG,
            Optional.of(longest.getFirst()),
            1 - 1 / orders,
            text(
                "a cascade from the called to the callers within %d min: %s",
                CASCADES.toMinutes(), longest)));
  }

  private List<Onset> within(Duration time) {
    Instant since = now.minus(time);
    List<Onset> history = snapshot.sensed().history();
    int first = history.size();
    while (first > 0 && history.get(first - 1).at().isAfter(since)) {
      first--;
    }
    return history.subList(first, history.size());
  }

  /// Whether an incident of the service, or any if none is named, was open since then.
  public static boolean isConfirmed(Trigger trigger, Snapshot snapshot) {
    return snapshot.incidents().values().stream()
        .filter(i -> trigger.service().map(i.service()::equals).orElse(true))
        .anyMatch(i -> isOpenSince(i, trigger.at()));
  }

  private static boolean isOpenSince(Incident incident, Instant at) {
    return incident.resolution().map(r -> r.at().isAfter(at)).orElse(true);
  }
}

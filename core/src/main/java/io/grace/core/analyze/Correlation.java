package io.grace.core.analyze;

import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Topology;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Which incidents are one, by who calls whom and by when they began.
///
/// A score is (1 / hops) · 2^(−apart / within): 1 for a direct call and the same moment, half of it
/// when they began as far apart as incidents of one cause usually may. Two incidents without a call
/// between them never reach what is merged by itself, and are shown as candidates only.
///
/// @param within see `Sensing.correlateWithin`
public record Correlation(Topology topology, Duration within) {
  /// From here on incidents are merged without being told to: four hops at the same moment, or two
  /// as far apart as they may be.
  public static final double ENOUGH = 0.25;

  /// More chained merges than there are layers in any fleet would be a circle.
  private static final int DEEPEST = 32;

  private static final double SHARED_CALL = 0.2;
  private static final double SAME_KIND = 0.1;

  /// @param score in [0, 1]
  public record Candidate(IncidentId into, ServiceId service, double score, String reason) {}

  /// The open incident that is looked after in this one's place; itself if it stands for itself.
  public static Incident root(Incident incident, Snapshot snapshot) {
    Incident at = incident;
    for (int i = 0; i < DEEPEST; i++) {
      Optional<Incident> into =
          at.merge().flatMap(m -> snapshot.incident(m.into())).filter(Incident::isOpen);
      if (into.isEmpty()) {
        return at;
      }
      at = into.get();
    }
    return at;
  }

  public static boolean isPart(Incident incident, Snapshot snapshot) {
    return !root(incident, snapshot).id().equals(incident.id());
  }

  /// The open incidents that are part of this one, by id.
  public static List<Incident> parts(Incident incident, Snapshot snapshot) {
    return snapshot.openIncidents().values().stream()
        .sorted()
        .flatMap(id -> snapshot.incident(id).stream())
        .filter(i -> !i.id().equals(incident.id()))
        .filter(i -> root(i, snapshot).id().equals(incident.id()))
        .toList();
  }

  /// The incident of its cause, if they fit well enough to be one.
  public Optional<Candidate> cause(Incident incident, Snapshot snapshot) {
    return incident
        .diagnosis()
        .flatMap(d -> d.causedBy())
        .flatMap(snapshot::openIncident)
        .flatMap(cause -> called(incident, cause))
        .filter(c -> c.score() >= ENOUGH);
  }

  /// The other open incidents that this one may be part of, the likeliest first.
  public List<Candidate> candidates(Incident incident, Snapshot snapshot) {
    var found = new ArrayList<Candidate>();
    for (IncidentId id : snapshot.openIncidents().values()) {
      Incident other = snapshot.incident(id).orElseThrow();
      if (!other.id().equals(incident.id()) && !isPart(other, snapshot)) {
        called(incident, other)
            .or(() -> calling(incident, other))
            .or(() -> alike(incident, other))
            .ifPresent(found::add);
      }
    }
    found.sort(
        Comparator.comparingDouble(Candidate::score).reversed().thenComparing(Candidate::into));
    return List.copyOf(found);
  }

  private Optional<Candidate> called(Incident incident, Incident other) {
    OptionalInt hops = hops(incident.service(), other.service());
    return hops.isEmpty()
        ? Optional.empty()
        : Optional.of(
            candidate(
                incident,
                other,
                1.0 / hops.getAsInt(),
                incident.service() + " calls " + other.service() + shown(hops.getAsInt())));
  }

  private Optional<Candidate> calling(Incident incident, Incident other) {
    OptionalInt hops = hops(other.service(), incident.service());
    return hops.isEmpty()
        ? Optional.empty()
        : Optional.of(
            candidate(
                incident,
                other,
                ENOUGH / 2 / hops.getAsInt(),
                other.service() + " calls " + incident.service() + shown(hops.getAsInt())));
  }

  private Optional<Candidate> alike(Incident incident, Incident other) {
    Set<ServiceId> shared = new HashSet<>(topology.dependenciesOf(incident.service()));
    shared.retainAll(topology.dependenciesOf(other.service()));
    if (!shared.isEmpty()) {
      ServiceId first = shared.stream().sorted().findFirst().orElseThrow();
      return Optional.of(candidate(incident, other, SHARED_CALL, "both call " + first));
    }
    boolean isSameKind =
        incident.diagnosis().isPresent()
            && incident.diagnosis().map(d -> d.kind()).equals(other.diagnosis().map(d -> d.kind()));
    return isSameKind
        ? Optional.of(candidate(incident, other, SAME_KIND, "the same diagnosis"))
        : Optional.empty();
  }

  private Candidate candidate(Incident incident, Incident other, double most, String reason) {
    Duration apart = Duration.between(other.began(), incident.began()).abs();
    double score = most * Math.pow(2, -(double) apart.toMillis() / within.toMillis());
    return new Candidate(
        other.id(),
        other.service(),
        score,
        String.format(Locale.ROOT, "%s; they began %d s apart", reason, apart.toSeconds()));
  }

  private static String shown(int hops) {
    return hops == 1 ? "" : " over " + hops + " calls";
  }

  /// The fewest calls from one to the other.
  private OptionalInt hops(ServiceId from, ServiceId to) {
    var seen = new HashSet<ServiceId>();
    Set<ServiceId> layer = Set.of(from);
    for (int hops = 1; !layer.isEmpty() && hops <= DEEPEST; hops++) {
      var next = new HashSet<ServiceId>();
      for (ServiceId service : layer) {
        for (ServiceId called : topology.dependencies().getOrDefault(service, Set.of())) {
          if (called.equals(to)) {
            return OptionalInt.of(hops);
          }
          if (seen.add(called)) {
            next.add(called);
          }
        }
      }
      layer = next;
    }
    return OptionalInt.empty();
  }
}

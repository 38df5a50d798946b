package io.grace.core.state;

import io.grace.core.event.Event.Recovery;
import io.grace.core.learn.Precedent;
import io.grace.core.learn.Precedent.Proof;
import io.grace.core.learn.Precedent.Suffering;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SourceId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether an incident that is over tells what had caused it.
final class Explaining {
  /// More chained merges than there are layers in any fleet would be a circle.
  private static final int DEEPEST = 32;

  private Explaining() {}

  /// @param over the incident, as it is after it was resolved
  /// @param all that are known, it among them
  static Optional<Precedent> precedent(
      Incident over, Recovery recovery, Instant at, Collection<Incident> all) {
    if (!isOfAService(over)) {
      return Optional.empty();
    }
    List<Incident> meanwhile =
        all.stream()
            .filter(i -> !i.service().equals(over.service()) && isOfAService(i))
            .filter(i -> overlaps(i, over.began(), at))
            .toList();
    var byId = new HashMap<IncidentId, Incident>();
    meanwhile.forEach(i -> byId.put(i.id(), i));
    byId.put(over.id(), over);
    return proof(over, recovery, meanwhile, byId)
        .map(proof ->
            new Precedent(
                over.id(),
                over.service(),
                proof,
                over.began(),
                at,
                Stream.concat(Stream.of(over), first(meanwhile))
                    .map(Explaining::suffering)
                    .sorted(Comparator.comparing(Suffering::service))
                    .toList()));
  }

  /// A storm is no service, and rests on no symptom; a source is none either.
  private static boolean isOfAService(Incident incident) {
    return !SourceId.isNode(incident.service())
        && incident.diagnosis().filter(d -> !d.evidence().isEmpty()).isPresent();
  }

  private static boolean overlaps(Incident incident, Instant from, Instant until) {
    return !incident.began().isAfter(until)
        && incident.resolution().map(r -> !r.at().isBefore(from)).orElse(true);
  }

  private static Optional<Proof> proof(
      Incident over, Recovery recovery, List<Incident> meanwhile, Map<IncidentId, Incident> byId) {
    if (over.merge().map(m -> byId.get(m.into())).filter(Incident::isOpen).isPresent()) {
      return Optional.empty(); // What it is part of is not over, so nobody knows yet.
    }
    if (recovery == Recovery.BY_RUN) {
      return Optional.of(Proof.HEALED);
    }
    boolean isAllTraced =
        over.merge().isEmpty()
            && !meanwhile.isEmpty()
            && meanwhile.stream().allMatch(i -> root(i, byId).equals(over.id()));
    return isAllTraced ? Optional.of(Proof.TRACED) : Optional.empty();
  }

  private static IncidentId root(Incident incident, Map<IncidentId, Incident> byId) {
    Incident at = incident;
    for (int i = 0; i < DEEPEST; i++) {
      Optional<Incident> into = at.merge().map(m -> byId.get(m.into()));
      if (into.isEmpty()) {
        return at.id();
      }
      at = into.get();
    }
    return at.id();
  }

  /// Those that fell sick first, one a service: what is left out came later.
  private static Stream<Incident> first(List<Incident> meanwhile) {
    var first = new LinkedHashMap<ServiceId, Incident>();
    meanwhile.stream()
        .sorted(Comparator.comparing(Incident::began).thenComparing(Incident::id))
        .forEach(i -> first.putIfAbsent(i.service(), i));
    return first.values().stream().limit(Precedent.MOST_SUFFERING - 1);
  }

  private static Suffering suffering(Incident incident) {
    return new Suffering(incident.service(), incident.diagnosis().orElseThrow().kind());
  }
}

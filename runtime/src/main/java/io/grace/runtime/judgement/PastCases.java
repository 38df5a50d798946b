package io.grace.runtime.judgement;

import io.grace.core.learn.Precedent;
import io.grace.core.learn.Precedent.Proof;
import io.grace.core.learn.Precedent.Suffering;
import io.grace.core.model.ServiceId;
import io.grace.core.state.Snapshot;
import io.grace.intelligence.cause.Case;
import io.grace.intelligence.cause.Precedents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Precedents of the state as cases of a scene. What was under way at once and touched the other's
/// cause is one case with several causes: else each cause would be held to have made the other
/// sick.
final class PastCases {
  /// Nobody proved it but the tracing itself, which must not come to believe itself.
  private static final double TRACED = 0.5;

  private PastCases() {}

  /// @param services those of the scene, by their index
  static Precedents of(Snapshot state, List<ServiceId> services) {
    var numbers = new HashMap<ServiceId, Integer>();
    for (int i = 0; i < services.size(); i++) {
      numbers.put(services.get(i), i);
    }
    List<Case> cases =
        together(state).stream().flatMap(group -> known(group, numbers).stream()).toList();
    return new Precedents(cases, numbers(state.openIncidents().keySet().stream(), numbers));
  }

  /// Oldest first, so that the same state gives the same answer.
  private static List<List<Precedent>> together(Snapshot state) {
    List<Precedent> ordered =
        state.precedents().values().stream()
            .sorted(Comparator.comparing(Precedent::began).thenComparing(Precedent::incident))
            .toList();
    var groups = new ArrayList<List<Precedent>>();
    for (Precedent next : ordered) {
      var group = new ArrayList<Precedent>();
      var apart = new ArrayList<List<Precedent>>();
      for (List<Precedent> other : groups) {
        if (other.stream().anyMatch(p -> isOneWith(p, next))) {
          group.addAll(other);
        } else {
          apart.add(other);
        }
      }
      group.add(next);
      apart.add(group);
      groups = apart;
    }
    return groups;
  }

  private static boolean isOneWith(Precedent one, Precedent other) {
    return one.overlaps(other) && (one.shows(other.cause()) || other.shows(one.cause()));
  }

  /// @return none if no cause is watched any more
  private static List<Case> known(List<Precedent> group, Map<ServiceId, Integer> numbers) {
    Set<Integer> causes = numbers(group.stream().map(Precedent::cause), numbers);
    if (causes.isEmpty()) {
      return List.of();
    }
    Set<Integer> suffering =
        numbers(
            group.stream().flatMap(p -> p.suffering().stream()).map(Suffering::service), numbers);
    boolean isHealed = group.stream().allMatch(p -> p.proof() == Proof.HEALED);
    return List.of(new Case(causes, suffering, isHealed ? 1 : TRACED));
  }

  private static Set<Integer> numbers(Stream<ServiceId> known, Map<ServiceId, Integer> numbers) {
    return known
        .flatMap(s -> Optional.ofNullable(numbers.get(s)).stream())
        .collect(Collectors.toSet());
  }
}

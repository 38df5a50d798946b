package io.grace.core.loop;

import io.grace.core.learn.Experience;
import io.grace.core.model.Advice;
import io.grace.core.model.Advice.Adviser;
import io.grace.core.model.Causes;
import io.grace.core.model.Causes.Cause;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Trigger;
import io.grace.core.plan.Ranker.Ranked;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the advisers say of one incident, and of the whole. They decide nothing.
final class Advisers {
  /// So many decisions are judged together.
  private static final int LATELY = 50;

  private Advisers() {}

  /// @param chosen the playbook that came first
  static List<Advice> of(Incident incident, Snapshot snapshot, Ranked chosen) {
    return List.of(
        oddity(snapshot, Optional.of(incident.service())),
        incident
            .causes()
            .map(Advisers::cause)
            .orElse(silent(Adviser.ROOT_CAUSE, "nothing was ranked yet")),
        new Advice(
            Adviser.PLAYBOOK_RANKER, chosen.playbook() + ": " + chosen.reason(), chosen.score()));
  }

  static List<Advice> of(Snapshot snapshot) {
    return List.of(
        oddity(snapshot, Optional.empty()), commonCause(snapshot), calibration(snapshot));
  }

  private static Advice silent(Adviser adviser, String why) {
    return new Advice(adviser, why, 0);
  }

  private static Advice oddity(Snapshot snapshot, Optional<ServiceId> service) {
    List<Trigger> odd =
        snapshot.sensed().triggers().values().stream()
            .filter(t -> t.kind() == Trigger.Kind.ML_ANOMALY_DETECTED)
            .filter(t -> service.isEmpty() || t.service().equals(service))
            .sorted(
                Comparator.comparingDouble(Trigger::confidence)
                    .reversed()
                    .thenComparing(t -> t.key().toString()))
            .toList();
    return odd.isEmpty()
        ? silent(Adviser.ANOMALY_SCORER, "nothing odd")
        : new Advice(
            Adviser.ANOMALY_SCORER,
            (odd.size() == 1 ? "" : odd.size() + " metrics are odd; ") + odd.getFirst().evidence(),
            odd.getFirst().confidence());
  }

  private static Advice cause(Causes causes) {
    if (causes.ranked().isEmpty() || causes.none() > causes.ranked().getFirst().probability()) {
      return new Advice(
          Adviser.ROOT_CAUSE,
          text(
              "nothing out of the ordinary: none %.2f, unknown %.2f",
              causes.none(), causes.unknown()),
          causes.none());
    }
    Cause first = causes.ranked().getFirst();
    return new Advice(
        Adviser.ROOT_CAUSE,
        text("%s (%.2f): %s", first.service(), first.probability(), first.why()),
        first.probability());
  }

  /// The service that most of the open incidents are traced to.
  private static Advice commonCause(Snapshot snapshot) {
    var traced = new TreeMap<ServiceId, Integer>();
    int ranked = 0;
    for (var id : snapshot.openIncidents().values()) {
      Optional<Causes> causes = snapshot.incident(id).flatMap(Incident::causes);
      ranked += causes.isPresent() ? 1 : 0;
      causes.flatMap(Causes::likely).ifPresent(c -> traced.merge(c.service(), 1, Integer::sum));
    }
    int all = ranked;
    return traced.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(most ->
            new Advice(
                Adviser.ROOT_CAUSE,
                text("%d of %d incidents are traced to %s", most.getValue(), all, most.getKey()),
                (double) most.getValue() / all))
        .orElse(silent(Adviser.ROOT_CAUSE, "no incident is traced to a service"));
  }

  /// How often what was chosen helped lately. The confidence is that share.
  private static Advice calibration(Snapshot snapshot) {
    List<Experience> all = snapshot.experiences();
    List<Experience> lately = all.subList(Math.max(0, all.size() - LATELY), all.size());
    long helped = lately.stream().filter(Experience::helped).count();
    return lately.isEmpty()
        ? silent(Adviser.PLAYBOOK_RANKER, "no playbook was run yet")
        : new Advice(
            Adviser.PLAYBOOK_RANKER,
            text("%d of the last %d decisions helped", helped, lately.size()),
            (double) helped / lately.size());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

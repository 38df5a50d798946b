package io.grace.core.state;

import io.grace.core.event.Sighting;
import io.grace.core.event.Sighting.AlertCleared;
import io.grace.core.event.Sighting.AlertEased;
import io.grace.core.event.Sighting.AlertEvent;
import io.grace.core.event.Sighting.AlertFired;
import io.grace.core.event.Sighting.AlertHeld;
import io.grace.core.event.Sighting.CallsForgotten;
import io.grace.core.event.Sighting.CallsSeen;
import io.grace.core.event.Sighting.CausesRanked;
import io.grace.core.event.Sighting.ChangeSeen;
import io.grace.core.event.Sighting.GroupEvent;
import io.grace.core.event.Sighting.SloMeasured;
import io.grace.core.event.Sighting.StormBegan;
import io.grace.core.event.Sighting.StormEnded;
import io.grace.core.event.Sighting.TriggerFired;
import io.grace.core.event.Sighting.TriggerJudged;
import io.grace.core.model.Alert;
import io.grace.core.model.Change;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Edge;
import io.grace.core.model.Foreseen;
import io.grace.core.model.Hash;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SloId;
import io.grace.core.model.SloReading;
import io.grace.core.model.Trigger;
import io.grace.core.policy.Sensing;
import io.grace.core.state.AlertState.Phase;
import io.grace.core.state.Sensed.Judged;
import io.grace.core.state.Sensed.Onset;
import io.grace.core.state.Sensed.Storm;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The part of a [Fold] that is about what was heard. Owned by it.
final class SensedFold {
  /// What log analysis looks back on.
  private static final int HISTORY = 256;

  private static final int CHANGES_PER_SERVICE = 16;

  /// Services whose alerts cleared long ago are forgotten beyond so many.
  private static final int CLEARED_KEPT = 4_096;

  /// Longer than an absent alert says anything.
  private static final Duration CLEARED_LONG_AGO = Duration.ofHours(1);

  private final Cow<Hash, AlertState> alerts;
  private final Cow<ServiceId, Set<Hash>> alertsOf;
  private final Cow<ServiceId, Instant> cleared;
  private List<Instant> onsets;
  private Optional<Storm> storm;
  private final Cow<Edge, Map<String, Instant>> calls;
  private final Cow<ServiceId, List<Change>> changes;
  private final Cow<SloId, SloReading> slos;
  private final Cow<String, Trigger> triggers;
  private final Cow<String, Judged> judged;
  private final Cow<Trigger.Family, List<Instant>> triggered;
  private List<Onset> history;

  SensedFold(Sensed from) {
    alerts = new Cow<>(from.alerts());
    alertsOf = new Cow<>(from.alertsOf());
    cleared = new Cow<>(from.cleared());
    onsets = from.onsets();
    storm = from.storm();
    calls = new Cow<>(from.calls());
    changes = new Cow<>(from.changes());
    slos = new Cow<>(from.slos());
    triggers = new Cow<>(from.triggers());
    judged = new Cow<>(from.judged());
    triggered = new Cow<>(from.triggered());
    history = from.history();
  }

  Sensed view() {
    return new Sensed(
        alerts.view(),
        alertsOf.view(),
        cleared.view(),
        onsets,
        storm,
        calls.view(),
        changes.view(),
        slos.view(),
        triggers.view(),
        judged.view(),
        triggered.view(),
        history);
  }

  void apply(Sighting event) {
    switch (event) {
      case AlertEvent e -> alert(e);
      case StormBegan e -> storm = Optional.of(new Storm(e.at(), e.perMinute(), 0));
      case StormEnded _ -> storm = Optional.empty();
      case CallsSeen e -> e.edges().forEach(edge -> seen(edge, e.source(), e.at()));
      case CallsForgotten e -> e.edges().forEach(calls::remove);
      case ChangeSeen e -> changed(e.change());
      case SloMeasured e -> slos.put(e.reading().slo(), e.reading());
      case TriggerFired e -> fired(e.trigger());
      case TriggerJudged e -> judged(e);
      case GroupEvent _, CausesRanked _ -> {} // A matter of the incidents.
    }
  }

  private void alert(AlertEvent event) {
    switch (event) {
      case AlertHeld e -> {
        onset(e.alert(), e.at());
        put(e.alert(), new AlertState(e.alert(), Phase.HELD, e.at(), Optional.of(e.until())));
      }
      case AlertFired e -> {
        onset(e.alert(), e.at());
        put(e.alert(), new AlertState(e.alert(), Phase.ACTIVE, e.at(), Optional.empty()));
      }
      case AlertEased e -> {
        var before = alerts.get(e.fingerprint());
        if (before != null) {
          alerts.put(
              e.fingerprint(),
              new AlertState(before.alert(), Phase.EASING, e.at(), Optional.of(e.until())));
        }
      }
      case AlertCleared e -> clear(e);
    }
  }

  /// An alert that is on already does not begin again.
  private void onset(Alert alert, Instant at) {
    if (alerts.get(alert.fingerprint()) == null) {
      onset(at);
    }
  }

  void onset(Instant at) {
    onsets = Track.remember(onsets, at, Sensing.Storm.MOST_ONSETS);
    storm = storm.map(s -> new Storm(s.since(), s.perMinute(), s.alerts() + 1));
  }

  private void put(Alert alert, AlertState state) {
    alerts.put(alert.fingerprint(), state);
    var of = alertsOf.getOrDefault(alert.service(), Set.of());
    if (!of.contains(alert.fingerprint())) {
      var more = new HashSet<>(of);
      more.add(alert.fingerprint());
      alertsOf.put(alert.service(), Set.copyOf(more));
    }
  }

  private void clear(AlertCleared e) {
    alerts.remove(e.fingerprint());
    var fewer = new HashSet<>(alertsOf.getOrDefault(e.service(), Set.of()));
    fewer.remove(e.fingerprint());
    if (fewer.isEmpty()) {
      alertsOf.remove(e.service());
    } else {
      alertsOf.put(e.service(), Set.copyOf(fewer));
    }
    if (cleared.size() >= CLEARED_KEPT) {
      Instant old = e.at().minus(CLEARED_LONG_AGO);
      cleared.removeIf(s -> cleared.getOrDefault(s, Instant.EPOCH).isBefore(old));
    }
    cleared.put(e.service(), e.at());
  }

  private void seen(Edge edge, String source, Instant at) {
    var sources = new HashMap<>(calls.getOrDefault(edge, Map.of()));
    sources.put(source, at);
    calls.put(edge, Map.copyOf(sources));
  }

  private void changed(Change change) {
    changes.put(
        change.service(),
        Track.remember(
            changes.getOrDefault(change.service(), List.of()), change, CHANGES_PER_SERVICE));
  }

  private void fired(Trigger trigger) {
    triggers.put(trigger.key().toString(), trigger);
    var family = trigger.kind().family();
    triggered.put(
        family,
        Track.remember(
            triggered.getOrDefault(family, List.of()), trigger.at(), family.mostPerHour()));
  }

  private void judged(TriggerJudged e) {
    triggers.remove(e.trigger().toString());
    String by = e.trigger().kind() + "/" + e.trigger().source();
    judged.put(by, judged.getOrDefault(by, Judged.NONE).with(e.outcome(), e.lead()));
  }

  /// A metric fell sick; if nobody had foretold it, that counts too.
  void breached(ServiceId service, MetricId metric) {
    var kind = Trigger.Kind.ML_ANOMALY_FORECAST;
    String source = Foreseen.source(metric);
    var key = new Trigger.Key(kind, source, Optional.of(service));
    if (triggers.get(key.toString()) == null) {
      String by = kind + "/" + source;
      judged.put(by, judged.getOrDefault(by, Judged.NONE).withMissed());
    }
  }

  void diagnosed(ServiceId service, DiagnosisKind kind, Instant at) {
    history = Track.remember(history, new Onset(service, kind, at), HISTORY);
  }
}

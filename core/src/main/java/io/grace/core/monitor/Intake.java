package io.grace.core.monitor;

import io.grace.core.event.Sighting;
import io.grace.core.event.Sighting.AlertCleared;
import io.grace.core.event.Sighting.AlertEased;
import io.grace.core.event.Sighting.AlertFired;
import io.grace.core.event.Sighting.AlertHeld;
import io.grace.core.event.Sighting.CallsForgotten;
import io.grace.core.event.Sighting.CallsSeen;
import io.grace.core.event.Sighting.CausesRanked;
import io.grace.core.event.Sighting.ChangeSeen;
import io.grace.core.event.Sighting.SloMeasured;
import io.grace.core.event.Sighting.TriggerFired;
import io.grace.core.model.Alert;
import io.grace.core.model.Causes;
import io.grace.core.model.Change;
import io.grace.core.model.Edge;
import io.grace.core.model.Hash;
import io.grace.core.model.Report;
import io.grace.core.model.SloReading;
import io.grace.core.policy.Damping;
import io.grace.core.policy.Sensing;
import io.grace.core.state.AlertState;
import io.grace.core.state.AlertState.Phase;
import io.grace.core.state.Sensed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the news in what sources report: an alert that is repeated a thousand times is one event.
/// *Owned by the loop thread.*
///
/// What it remembers beside the state only counts repetitions; a restart loses those counts, so
/// that a damped alert may count a little earlier or later, and nothing else.
public final class Intake {
  /// Groups whose last passing is remembered; the oldest go first.
  private static final int GROUPS = 10_000;

  /// A budget that moved this much is news.
  private static final double BUDGET_STEP = 0.05;

  /// A call that is still seen is recorded again after this share of the time it is kept.
  private static final int REFRESHES = 4;

  private static final int MOST_CALLS = 20_000;

  private final Sensing sensing;

  private final Map<Hash, Instant> passed = new Bounded<>();
  private final Map<Hash, Deque<Instant>> reported = new Bounded<>();

  /// What was said last of alerts whose phase is not decided yet; true if they are on.
  private final Map<Hash, Boolean> levels = new HashMap<>();

  /// Later ends of alerts that were repeated.
  private final Map<Hash, Instant> extended = new HashMap<>();

  private long repeated;
  private long refused;

  public Intake(Sensing sensing) {
    this.sensing = sensing;
  }

  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > GROUPS;
    }
  }

  /// One batch, on top of the state before it.
  private final class Batch {
    private final Sensed sensed;
    private final Instant now;
    private final List<Sighting> events = new ArrayList<>();
    private final Map<Hash, Optional<AlertState>> changed = new HashMap<>();
    private final Set<String> changes = new HashSet<>();
    private final Map<String, Report.Calls> calls = new HashMap<>();
    private int open;

    Batch(Sensed sensed, Instant now) {
      this.sensed = sensed;
      this.now = now;
      this.open = sensed.alerts().size();
    }

    @Nullable AlertState state(Hash fingerprint) {
      var here = changed.get(fingerprint);
      return here == null ? sensed.alerts().get(fingerprint) : here.orElse(null);
    }

    void fire(Alert alert) {
      events.add(new AlertFired(alert, now));
      enter(new AlertState(alert, Phase.ACTIVE, now, Optional.empty()));
    }

    void hold(Alert alert, Instant until, Damping damping) {
      events.add(new AlertHeld(alert, until, damping.toString(), now));
      enter(new AlertState(alert, Phase.HELD, now, Optional.of(until)));
    }

    void ease(Alert alert, Instant until) {
      events.add(new AlertEased(alert.fingerprint(), alert.service(), until, now));
      enter(new AlertState(alert, Phase.EASING, now, Optional.of(until)));
    }

    void clear(Alert alert, String why) {
      events.add(new AlertCleared(alert.fingerprint(), alert.service(), why, now));
      changed.put(alert.fingerprint(), Optional.empty());
      levels.remove(alert.fingerprint());
      extended.remove(alert.fingerprint());
      open--;
    }

    private void enter(AlertState state) {
      Hash fingerprint = state.alert().fingerprint();
      if (state(fingerprint) == null) {
        open++;
      }
      levels.remove(fingerprint);
      changed.put(fingerprint, Optional.of(state));
    }
  }

  /// The news in the reports, in their order, and what became due meanwhile.
  public List<Sighting> take(List<Report> reports, Sensed sensed, Instant now) {
    var batch = new Batch(sensed, now);
    for (Report report : reports) {
      switch (report) {
        case Report.Firing(Alert alert) -> firing(alert, batch);
        case Report.Ended(Hash fingerprint) -> ended(fingerprint, batch);
        case Report.Changed(Change change) -> changed(change, batch);
        case Report.Calls calls -> batch.calls.put(calls.source(), calls);
        case Report.Slo(SloReading reading) -> measured(reading, batch);
        case Report.Found(var trigger) -> {
          if (Triggers.isNews(trigger, sensed, batch.events, now)) {
            batch.events.add(new TriggerFired(trigger, now));
          }
        }
        case Report.Traced(var incident, Causes causes) ->
            batch.events.add(new CausesRanked(incident, causes, now));
      }
    }
    batch.calls.values().forEach(calls -> seen(calls, batch));
    decide(batch);
    return batch.events;
  }

  /// Reports that said nothing new.
  public long repeated() {
    return repeated;
  }

  /// Alerts for which there was no room.
  public long refused() {
    return refused;
  }

  // ---- alerts

  private void firing(Alert alert, Batch batch) {
    Hash id = alert.fingerprint();
    var before = batch.state(id);
    if (before == null) {
      if (batch.open >= Sensed.ALERTS_MAX) {
        refused++;
      } else {
        begin(alert, batch);
      }
      return;
    }
    repeated++;
    alert.expires().ifPresent(end -> extended.merge(id, end, (a, b) -> a.isAfter(b) ? a : b));
    switch (before.phase()) {
      case ACTIVE -> {
        if (before.alert().severity() != alert.severity()) {
          batch.fire(alert);
        }
      }
      case EASING -> levels.put(id, true);
      case HELD -> {
        levels.put(id, true);
        if (sensing.damping(alert.source()) instanceof Damping.AccumulateWithin d
            && isEnough(alert.group(), d, batch.now)) {
          batch.fire(alert);
        }
      }
    }
  }

  private void begin(Alert alert, Batch batch) {
    Instant now = batch.now;
    switch (sensing.damping(alert.source())) {
      case Damping.Straight _ -> batch.fire(alert);
      case Damping.OnceAfter d -> batch.hold(alert, now.plus(d.window()), d);
      case Damping.OnceWithin d -> {
        var last = passed.get(alert.group());
        if (last == null || !now.isBefore(last.plus(d.window()))) {
          passed.put(alert.group(), now);
          batch.fire(alert);
        } else {
          batch.hold(alert, last.plus(d.window()), d);
        }
      }
      case Damping.AccumulateWithin d -> {
        if (isEnough(alert.group(), d, now)) {
          batch.fire(alert);
        } else {
          batch.hold(alert, now.plus(d.window()), d);
        }
      }
    }
  }

  private boolean isEnough(Hash group, Damping.AccumulateWithin damping, Instant now) {
    var times = reported.computeIfAbsent(group, _ -> new ArrayDeque<>());
    times.addLast(now);
    while (times.size() > damping.threshold()
        || !times.getFirst().isAfter(now.minus(damping.window()))) {
      times.removeFirst();
    }
    return times.size() >= damping.threshold();
  }

  private void ended(Hash fingerprint, Batch batch) {
    var before = batch.state(fingerprint);
    if (before == null) {
      repeated++;
      return;
    }
    if (before.phase() != Phase.ACTIVE) {
      levels.put(fingerprint, false);
      return;
    }
    Duration window = sensing.damping(before.alert().source()).window();
    Instant settled = before.since().plus(window);
    if (batch.now.isBefore(settled)) {
      batch.ease(before.alert(), settled);
    } else {
      batch.clear(before.alert(), "its source says so");
    }
  }

  /// What is decided by time alone. Costs what is on.
  private void decide(Batch batch) {
    var undecided = new ArrayList<AlertState>();
    for (AlertState state : batch.sensed.alerts().values()) {
      if (state.until().isPresent() || state.alert().expires().isPresent()) {
        undecided.add(state);
      }
    }
    undecided.sort((a, b) -> a.alert().fingerprint().compareTo(b.alert().fingerprint()));
    for (AlertState known : undecided) {
      Alert alert = known.alert();
      var state = batch.state(alert.fingerprint());
      if (state != null) {
        decide(state, batch);
      }
    }
  }

  private void decide(AlertState state, Batch batch) {
    Alert alert = state.alert();
    Optional<Instant> end = alert.expires().map(e -> extended.getOrDefault(alert.fingerprint(), e));
    if (end.isPresent() && !batch.now.isBefore(end.get())) {
      batch.clear(alert, "it was not repeated");
      return;
    }
    if (state.until().isEmpty() || batch.now.isBefore(state.until().get())) {
      return;
    }
    boolean isOn = levels.getOrDefault(alert.fingerprint(), state.phase() == Phase.HELD);
    boolean isShort = sensing.damping(alert.source()) instanceof Damping.AccumulateWithin;
    if (state.phase() == Phase.HELD && isShort) {
      batch.clear(alert, "too few within its window");
    } else if (isOn) {
      passed.put(alert.group(), batch.now);
      batch.fire(alert);
    } else {
      batch.clear(
          alert,
          state.phase() == Phase.HELD ? "it was over before it counted" : "its source says so");
    }
  }

  // ---- the rest

  private void changed(Change change, Batch batch) {
    boolean isKnown =
        batch.sensed.changes().getOrDefault(change.service(), List.of()).stream()
            .anyMatch(c -> c.id().equals(change.id()));
    if (isKnown || !batch.changes.add(change.service() + "/" + change.id())) {
      repeated++;
    } else {
      batch.events.add(new ChangeSeen(change, batch.now));
    }
  }

  private void measured(SloReading reading, Batch batch) {
    var before = batch.sensed.slos().get(reading.slo());
    boolean isNews =
        before == null
            || before.alarm() != reading.alarm()
            || (before.budgetLeft() > 0) != (reading.budgetLeft() > 0)
            || Math.abs(shown(before) - shown(reading)) >= BUDGET_STEP;
    if (isNews) {
      batch.events.add(new SloMeasured(reading, batch.now));
    }
  }

  /// How far a budget is overdrawn matters little.
  private static double shown(SloReading reading) {
    return Math.max(0, reading.budgetLeft());
  }

  private void seen(Report.Calls calls, Batch batch) {
    Instant stale = batch.now.minus(sensing.callsKept().dividedBy(REFRESHES));
    Map<Edge, Map<String, Instant>> known = batch.sensed.calls();
    var news = new ArrayList<Edge>();
    for (Edge edge : new TreeSet<>(calls.edges())) {
      var sources = known.get(edge);
      var last = sources == null ? null : sources.get(calls.source());
      boolean isRoom = sources != null || known.size() + news.size() < MOST_CALLS;
      if (isRoom && (last == null || last.isBefore(stale))) {
        news.add(edge);
      }
    }
    if (!news.isEmpty()) {
      batch.events.add(new CallsSeen(calls.source(), news, batch.now));
    }
    Instant tooOld = batch.now.minus(sensing.callsKept());
    var gone = new ArrayList<Edge>();
    for (var edge : known.entrySet()) {
      if (!news.contains(edge.getKey())
          && edge.getValue().values().stream().allMatch(at -> at.isBefore(tooOld))) {
        gone.add(edge.getKey());
      }
    }
    if (!gone.isEmpty()) {
      gone.sort(null);
      batch.events.add(new CallsForgotten(gone, batch.now));
    }
  }
}

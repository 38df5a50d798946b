package io.grace.core.loop;

import io.grace.core.analyze.Calls;
import io.grace.core.analyze.Patterns;
import io.grace.core.event.Event;
import io.grace.core.event.Sighting;
import io.grace.core.event.Sighting.TriggerFired;
import io.grace.core.event.Sighting.TriggerJudged;
import io.grace.core.model.Trigger;
import io.grace.core.model.Trigger.Outcome;
import io.grace.core.monitor.Triggers;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Looks for patterns, and keeps count of how often what was found or foretold was so.
///
/// A trigger starts nothing. It is a record, and where independent sources agree the loop waits no
/// longer for a dependency to show.
final class TriggerStage {
  /// What tells of the present is judged after this time.
  private static final Duration JUDGED_AFTER = Duration.ofMinutes(10);

  private final Calls calls;
  private final Unchanged unchanged = new Unchanged();

  TriggerStage(Calls calls) {
    this.calls = calls;
  }

  List<Event> decide(Snapshot snapshot, Instant now) {
    List<Event> events = judge(snapshot, now);
    if (!events.isEmpty()) {
      return events;
    }
    Object[] looked = {
      snapshot.incidents(),
      snapshot.sensed().history(),
      snapshot.sensed().alerts(),
      snapshot.beliefs()
    };
    if (unchanged.since(looked)) {
      return events;
    }
    List<Event> found = find(snapshot, now);
    if (found.isEmpty()) {
      unchanged.remember(looked);
    }
    return found;
  }

  private List<Event> find(Snapshot snapshot, Instant now) {
    var news = new ArrayList<Sighting>();
    for (Trigger trigger : new Patterns(snapshot, calls.topology(snapshot.sensed()), now).all()) {
      if (Triggers.isNews(trigger, snapshot.sensed(), news, now)) {
        news.add(new TriggerFired(trigger, now));
      }
    }
    return List.copyOf(news);
  }

  private static List<Event> judge(Snapshot snapshot, Instant now) {
    var events = new ArrayList<Event>();
    for (Trigger trigger : new TreeMap<>(snapshot.sensed().triggers()).values()) {
      boolean isSo =
          trigger.isForecast()
              ? trigger.service().map(s -> snapshot.health(s).isSickNow()).orElse(false)
              : false;
      Instant end = trigger.isForecast() ? trigger.horizon() : trigger.at().plus(JUDGED_AFTER);
      if (isSo) {
        events.add(
            new TriggerJudged(
                trigger.key(),
                Outcome.CAME_TRUE,
                Optional.of(Duration.between(trigger.at(), now)),
                "it came before " + end,
                Event.GRACE,
                now));
      } else if (!now.isBefore(end)) {
        events.add(atTheEnd(trigger, end, snapshot, now));
      }
    }
    return events;
  }

  private static TriggerJudged atTheEnd(
      Trigger trigger, Instant end, Snapshot snapshot, Instant now) {
    if (!trigger.isForecast() && Patterns.isConfirmed(trigger, snapshot)) {
      return new TriggerJudged(
          trigger.key(),
          Outcome.CAME_TRUE,
          Optional.empty(),
          "an incident was open",
          Event.GRACE,
          now);
    }
    boolean isAverted =
        trigger.isForecast()
            && snapshot.outcomes().stream()
                .anyMatch(o ->
                    trigger.service().equals(Optional.of(o.service()))
                        && o.at().isAfter(trigger.at()));
    return new TriggerJudged(
        trigger.key(),
        isAverted ? Outcome.AVERTED : Outcome.DID_NOT,
        Optional.empty(),
        isAverted
            ? "a run acted on it before " + end + ", so it cannot be known"
            : "nothing came of it until " + end,
        Event.GRACE,
        now);
  }
}

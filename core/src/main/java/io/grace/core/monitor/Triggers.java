package io.grace.core.monitor;

import io.grace.core.event.Sighting;
import io.grace.core.event.Sighting.TriggerFired;
import io.grace.core.model.Trigger;
import io.grace.core.state.Sensed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Which triggers are worth a record: sure enough, not said already, and not too many an hour.
public final class Triggers {
  private Triggers() {}

  /// @param before what the same batch brought before it
  public static boolean isNews(
      Trigger trigger, Sensed sensed, List<? extends Sighting> before, Instant now) {
    var family = trigger.kind().family();
    if (confidence(trigger, sensed) < family.minConfidence()
        || sensed.triggers().containsKey(trigger.key().toString())) {
      return false;
    }
    Instant since = now.minus(Duration.ofHours(1));
    long lately =
        sensed.triggered().getOrDefault(family, List.of()).stream()
            .filter(at -> at.isAfter(since))
            .count();
    for (Sighting event : before) {
      if (event instanceof TriggerFired fired) {
        if (fired.trigger().key().equals(trigger.key())) {
          return false;
        }
        if (fired.trigger().kind().family() == family) {
          lately++;
        }
      }
    }
    return lately < family.mostPerHour();
  }

  /// Who was wrong more often than right is believed less: the confidence times twice the precision
  /// so far, at most 1. Who was not judged yet has a precision of one half and is believed.
  static double confidence(Trigger trigger, Sensed sensed) {
    double precision = sensed.judged(trigger.kind(), trigger.source()).precision();
    return trigger.confidence() * Math.min(1, 2 * precision);
  }
}

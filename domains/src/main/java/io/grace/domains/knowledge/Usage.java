package io.grace.domains.knowledge;

import io.grace.core.event.Event;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// What came of incidents for which passages were looked up: a source gains if a run then healed
/// the service, and loses if a person had to be called. *Thread-safe.*
final class Usage {
  private static final int MAX_OPEN = 1_000;
  private static final int MAX_SOURCES = 1_000;

  private final Duration halfLife;
  private final ReentrantLock lock = new ReentrantLock();

  /// By service, oldest first; guarded by the lock, as all below.
  private final Map<ServiceId, Set<String>> shown = bounded(MAX_OPEN);

  private final Map<IncidentId, ServiceId> open = bounded(MAX_OPEN);
  private final Map<String, Tally> tallies = bounded(MAX_SOURCES);

  /// How often a source was shown before a success and before a failure, as of a moment.
  record Tally(double wins, double losses, Instant at) {
    Tally at(Instant now, Duration halfLife) {
      double kept = Trust.kept(Duration.between(at, now), halfLife);
      return new Tally(wins * kept, losses * kept, now);
    }
  }

  Usage(Duration halfLife, Map<String, Tally> before) {
    this.halfLife = halfLife;
    tallies.putAll(before);
  }

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  void shown(ServiceId service, Set<String> sources) {
    lock.lock();
    try {
      shown.put(service, Set.copyOf(sources));
    } finally {
      lock.unlock();
    }
  }

  /// What the journal tells. Quick, as it is called on the loop's thread.
  void hear(List<Event> events) {
    lock.lock();
    try {
      for (Event event : events) {
        switch (event) {
          case Event.IncidentOpened opened -> open.put(opened.incident(), opened.service());
          case Event.IncidentResolved resolved -> {
            ServiceId service = open.remove(resolved.incident());
            if (service != null && resolved.recovery() == Event.Recovery.BY_RUN) {
              credit(service, true, resolved.at());
            } else if (service != null) {
              shown.remove(service);
            }
          }
          case Event.IncidentEscalated escalated ->
              Optional.ofNullable(open.get(escalated.incident()))
                  .ifPresent(service -> credit(service, false, escalated.at()));
          default -> {
            // Of no use to anybody who wrote something down.
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void credit(ServiceId service, boolean isWin, Instant at) {
    var sources = new ArrayList<>(Optional.ofNullable(shown.remove(service)).orElse(Set.of()));
    for (String source : sources) {
      Tally before = tallies.getOrDefault(source, new Tally(0, 0, at)).at(at, halfLife);
      tallies.put(
          source,
          new Tally(before.wins() + (isWin ? 1 : 0), before.losses() + (isWin ? 0 : 1), at));
    }
  }

  Map<String, Tally> tallies(Instant now) {
    lock.lock();
    try {
      var all = new LinkedHashMap<String, Tally>();
      tallies.forEach((source, tally) -> all.put(source, tally.at(now, halfLife)));
      return all;
    } finally {
      lock.unlock();
    }
  }
}

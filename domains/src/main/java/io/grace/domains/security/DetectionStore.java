package io.grace.domains.security;

import io.grace.domains.security.sigma.Level;
import io.grace.domains.security.sigma.RuleHead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The newest alerts. Bounded: the oldest make room. *Guarded by the domain's lock.*
final class DetectionStore {
  /// At a flood of a hundred a second, the last minutes.
  static final int MOST = 10_000;

  private final ArrayDeque<Detection> alerts = new ArrayDeque<>();
  private long count;

  void add(
      Instant at,
      String source,
      RuleHead rule,
      Optional<String> learnedFrom,
      Set<Subject> subjects,
      Map<String, String> fields) {
    if (alerts.size() == MOST) {
      alerts.removeFirst();
    }
    alerts.addLast(new Detection(++count, at, source, rule, learnedFrom, subjects, fields));
  }

  /// Alerts that ask for a deed: critical enough, recent, and about somebody who is still free.
  ///
  /// @return by subject, the newest alert about it
  Map<Subject, Detection> threats(Level least, Instant since, Predicate<Subject> isFree) {
    Map<Subject, Detection> threats = new LinkedHashMap<>();
    for (Detection alert : alerts) {
      if (alert.at().isAfter(since) && alert.rule().level().isAtLeast(least)) {
        alert.subjects().stream().filter(isFree).forEach(subject -> threats.put(subject, alert));
      }
    }
    return threats;
  }

  /// Alerts of at least this level in a minute, over a time.
  double perMinute(Level least, Instant now, Duration over) {
    Instant since = now.minus(over);
    long recent =
        alerts.stream()
            .filter(alert -> alert.at().isAfter(since) && alert.rule().level().isAtLeast(least))
            .count();
    return recent * 60_000.0 / over.toMillis();
  }

  /// Whether anything was told of this subject before a time.
  boolean isNamed(Subject subject) {
    return alerts.stream().anyMatch(alert -> alert.subjects().contains(subject));
  }

  /// The newest first.
  List<Detection> newest(int most) {
    List<Detection> newest = new ArrayList<>();
    var all = alerts.descendingIterator();
    while (all.hasNext() && newest.size() < most) {
      newest.add(all.next());
    }
    return List.copyOf(newest);
  }

  long count() {
    return count;
  }
}

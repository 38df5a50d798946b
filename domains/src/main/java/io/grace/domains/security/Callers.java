package io.grace.domains.security;

import io.grace.domains.security.Subject.Kind;
import io.grace.domains.security.sigma.AddressRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/// Who called of late, who is known to be good, and who of them was turned away. Bounded: whoever
/// was quiet longest is forgotten. *Thread-safe.*
final class Callers {
  static final int MOST = 50_000;

  /// So many successful calls make a caller known, unless an alert ever named it.
  static final int KNOWN_AFTER = 3;

  private final List<AddressRange> trusted;
  private final Set<String> trustedNames;
  private final QuarantineList quarantine;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private final LinkedHashMap<String, Seen> seen = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Seen {
    Instant last = Instant.MIN;
    Instant refused = Instant.MIN;
    int successes;
    boolean suspect;
  }

  Callers(List<AddressRange> trusted, Set<String> trustedNames, QuarantineList quarantine) {
    this.trusted = List.copyOf(trusted);
    this.trustedNames = Set.copyOf(trustedNames);
    this.quarantine = quarantine;
  }

  /// A log tells of a call.
  void saw(String caller, boolean succeeded, Instant at) {
    boolean isBlocked = quarantine.holds(new Subject(Kind.CALLER, caller));
    lock.lock();
    try {
      Seen one = of(caller);
      one.last = at;
      if (isBlocked) {
        one.refused = at;
      }
      // Who is isolated here and proves itself elsewhere counts, too.
      one.successes += succeeded ? 1 : 0;
    } finally {
      lock.unlock();
    }
  }

  /// An alert names it.
  void suspect(String caller) {
    lock.lock();
    try {
      of(caller).suspect = true;
    } finally {
      lock.unlock();
    }
  }

  /// Whoever guards the door turned it away.
  void refused(String caller, Instant at) {
    lock.lock();
    try {
      Seen one = of(caller);
      one.last = at;
      one.refused = at;
    } finally {
      lock.unlock();
    }
  }

  private Seen of(String caller) {
    Seen one = seen.computeIfAbsent(caller, _ -> new Seen());
    if (seen.size() > MOST) {
      seen.pollFirstEntry();
    }
    return one;
  }

  /// Whether the team says that it is good.
  boolean isTrusted(String caller) {
    return trustedNames.contains(caller) || trusted.stream().anyMatch(range -> range.holds(caller));
  }

  /// Whether any caller that is known to be good calls from there.
  boolean isHome(AddressRange range) {
    List<String> there;
    lock.lock();
    try {
      there = seen.keySet().stream().filter(range::holds).toList();
    } finally {
      lock.unlock();
    }
    return there.stream().anyMatch(this::isGood)
        || trusted.stream().anyMatch(one -> range.holds(one.start()) || one.holds(range.start()));
  }

  /// Whether it is trusted by configuration, or by what it did: an alert that names it outweighs
  /// any number of successes, so that nobody buys a way out by good conduct.
  boolean isGood(String caller) {
    if (isTrusted(caller)) {
      return true;
    }
    lock.lock();
    try {
      Seen one = seen.get(caller);
      return one != null && !one.suspect && one.successes >= KNOWN_AFTER;
    } finally {
      lock.unlock();
    }
  }

  /// Good callers that are isolated and were turned away since then.
  Set<String> wronged(Instant since) {
    List<String> refused = new ArrayList<>();
    lock.lock();
    try {
      for (Map.Entry<String, Seen> one : seen.entrySet()) {
        if (one.getValue().refused.isAfter(since)) {
          refused.add(one.getKey());
        }
      }
    } finally {
      lock.unlock();
    }
    Set<String> wronged = new TreeSet<>();
    for (String caller : refused) {
      if (quarantine.holds(new Subject(Kind.CALLER, caller)) && isGood(caller)) {
        wronged.add(caller);
      }
    }
    return wronged;
  }

  /// The share of callers since then that are isolated though no alert names them: how far the
  /// quarantine reaches beyond whom it is meant for. 0 if nobody called.
  double isolatedRatio(Instant since) {
    List<String> unnamed = new ArrayList<>();
    int recent = 0;
    lock.lock();
    try {
      for (Map.Entry<String, Seen> one : seen.entrySet()) {
        if (one.getValue().last.isAfter(since)) {
          recent++;
          if (!one.getValue().suspect) {
            unnamed.add(one.getKey());
          }
        }
      }
    } finally {
      lock.unlock();
    }
    long isolated =
        unnamed.stream()
            .filter(caller -> quarantine.holds(new Subject(Kind.CALLER, caller)))
            .count();
    return recent == 0 ? 0 : (double) isolated / recent;
  }
}

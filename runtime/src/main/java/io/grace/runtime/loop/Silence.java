package io.grace.runtime.loop;

import io.grace.core.model.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;

/// Notices services that fell silent, at a cost that follows those that did. *Owned by the loop
/// thread.*
final class Silence {
  private final Duration limit;

  /// The service heard of longest ago first.
  private final LinkedHashMap<ServiceId, Instant> lastHeard = new LinkedHashMap<>(16, 0.75f, true);

  Silence(Duration limit) {
    this.limit = limit;
  }

  void heard(ServiceId service, Instant now) {
    lastHeard.put(service, now);
  }

  /// Those that have been silent for longer than the limit; each is told once.
  Set<ServiceId> fallenSilent(Instant now) {
    var silent = new HashSet<ServiceId>();
    var oldest = lastHeard.entrySet().iterator();
    while (oldest.hasNext()) {
      var next = oldest.next();
      if (!now.isAfter(next.getValue().plus(limit))) {
        break;
      }
      silent.add(next.getKey());
      oldest.remove();
    }
    return silent;
  }
}

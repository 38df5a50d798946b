package io.grace.core.state;

import io.grace.core.event.Event;
import io.grace.core.event.MemoryEvent;
import io.grace.core.event.MemoryEvent.MemoryDenied;
import io.grace.core.event.MemoryEvent.MemoryForgetting;
import io.grace.core.event.MemoryEvent.MemoryForgotten;
import io.grace.core.event.MemoryEvent.MemoryRecalled;
import io.grace.core.event.MemoryEvent.MemoryRemembered;
import io.grace.core.event.MemoryEvent.MemoryThrottled;
import io.grace.core.event.MemoryEvent.MemoryTrusted;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Forgetting;
import io.grace.core.model.Hash;
import java.time.Instant;
import java.util.function.UnaryOperator;

/// The part of a [Fold] that is about memories. Owned by it.
final class MemoryFold {
  private static final String REMEMBERED = "remembered";
  private static final String FORGOTTEN = "forgotten";

  private final Cow<DomainId, MemoryUse> uses;
  private final Cow<Hash, Forgetting> forgetting;
  private final Cow<String, Long> counts;

  MemoryFold(Memories from) {
    uses = new Cow<>(from.uses());
    forgetting = new Cow<>(from.forgetting());
    counts =
        new Cow<>(java.util.Map.of(REMEMBERED, from.remembered(), FORGOTTEN, from.forgotten()));
  }

  Memories view() {
    return new Memories(
        uses.view(),
        forgetting.view(),
        counts.getOrDefault(REMEMBERED, 0L),
        counts.getOrDefault(FORGOTTEN, 0L));
  }

  void apply(MemoryEvent event) {
    switch (event) {
      case MemoryRemembered e -> {
        count(REMEMBERED, 1);
        asked(e, e.at(), use -> use);
      }
      case MemoryRecalled e ->
          asked(e, e.at(), use -> use.withGranted(e.shape(), e.purpose(), e.at()));
      case MemoryDenied e -> asked(e, e.at(), use -> use.withDenied(e.isOverreach()));
      // Does not count against the quota, or a domain that keeps asking would never get in again.
      case MemoryThrottled e -> change(e.domain(), MemoryUse::withThrottled);
      case MemoryForgetting e -> {
        forgetting.put(
            e.request(),
            new Forgetting(e.request(), e.domain(), e.by(), e.memories(), e.reason(), e.at()));
        if (!e.by().equals(Event.GRACE)) {
          asked(e, e.at(), use -> use);
        }
      }
      case MemoryForgotten e -> {
        forgetting.remove(e.request());
        count(FORGOTTEN, e.removed());
      }
      case MemoryTrusted e -> change(e.domain(), use -> use.withTrust(e.trust()));
    }
  }

  private void count(String what, int more) {
    counts.put(what, counts.getOrDefault(what, 0L) + more);
  }

  private void asked(MemoryEvent event, Instant at, UnaryOperator<MemoryUse> then) {
    change(event.domain(), use -> then.apply(use.withAsked(at)));
  }

  private void change(DomainId domain, UnaryOperator<MemoryUse> change) {
    uses.put(domain, change.apply(uses.getOrDefault(domain, MemoryUse.NONE)));
  }
}

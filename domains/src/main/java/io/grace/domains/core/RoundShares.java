package io.grace.domains.core;

import io.grace.runtime.telemetry.Collector.Rounds;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// Which share of the rounds of telemetry came to nothing since the last look. *Thread-safe.*
final class RoundShares {
  private final AtomicReference<Rounds> last = new AtomicReference<>(new Rounds(0, 0, 0, 0));

  Map<String, Double> measure(Rounds now) {
    Rounds before = last.getAndSet(now);
    long collected = now.collected() - before.collected();
    long failed = now.failed() - before.failed();
    long lost = now.skipped() - before.skipped() + now.dropped() - before.dropped();
    long all = collected + failed + lost;
    return Map.of(
        "failed_rounds_ratio", CoreDomain.share(failed, all),
        "lost_rounds_ratio", CoreDomain.share(lost, all));
  }
}

package io.grace.runtime.config;

import io.grace.core.model.Impact;
import io.grace.core.policy.Approvals;
import io.grace.core.policy.Limits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;

/// Reads how much GRACE may do and how many people must agree.
final class LimitsReader {
  private LimitsReader() {}

  static Limits limits(Cursor c, Overrides overrides) {
    var d = Limits.DEFAULTS;
    Duration run = c.at("run_timeout").duration(d.runTimeout());
    return c.make(() ->
            new Limits(
                c.at("proposals_per_hour").whole(d.proposalsPerHour()),
                c.at("backoff_base").duration(d.backoffBase()),
                c.at("backoff_max").duration(d.backoffMax()),
                c.at("backoff_jitter").decimal(d.backoffJitter()),
                c.at("blast_radius").whole(d.blastRadius()),
                c.at("blast_radius_percent").decimal(d.blastRadiusPercent()),
                c.at("broken").whole(d.broken()),
                c.at("broken_percent").decimal(d.brokenPercent()),
                c.at("attempts").whole(d.attempts()),
                c.at("attempt_window").duration(d.attemptWindow()),
                c.at("stale_after").duration(d.staleAfter()),
                overrides.runTimeoutMinutes().map(Duration::ofMinutes).orElse(run),
                c.at("approval_timeout").duration(d.approvalTimeout()),
                c.at("reopen_within").duration(d.reopenWithin())))
        .orElse(d);
  }

  static Approvals approvals(Cursor c) {
    var needed = new EnumMap<Impact, Integer>(Impact.class);
    for (Impact impact : Impact.values()) {
      needed.put(
          impact,
          c.at(impact.name().toLowerCase(Locale.ROOT)).whole(Approvals.DEFAULTS.needed(impact)));
    }
    return c.make(
            () -> new Approvals(needed, c.at("override").whole(Approvals.DEFAULTS.override())))
        .orElse(Approvals.DEFAULTS);
  }
}

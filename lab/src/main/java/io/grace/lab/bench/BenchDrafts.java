package io.grace.lab.bench;

import io.grace.core.entry.Draft;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Drafts like those of a busy loop: most are about health, a fifth about runs; some 300 bytes
/// each.
final class BenchDrafts {
  private static final String[] KINDS = {
    "health.changed",
    "health.changed",
    "breach.seen",
    "incident.updated",
    "diagnosis.made",
    "health.changed",
    "breach.seen",
    "run.proposed",
    "forecast.made",
    "run.finished"
  };

  private BenchDrafts() {}

  static List<List<Draft>> groups(int groups, int size) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    List<List<Draft>> all = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      List<Draft> drafts = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int n = group * size + i;
        String kind = KINDS[n % KINDS.length];
        drafts.add(
            new Draft(now.plusNanos(n * 1_000L), "grace", kind, subject(kind, n), payload(n)));
      }
      all.add(drafts);
    }
    return all;
  }

  private static String subject(String kind, int n) {
    return kind.startsWith("run.") ? "run-" + n / 10 % 5_000 : "checkout-" + n % 40;
  }

  private static String payload(int n) {
    return "{\"baseline\":{\"mean\":182.4,\"spread\":12.75},\"confidence\":0."
        + (n % 90 + 10)
        + ",\"evidence\":[{\"metric\":\"http_request_duration_p99\",\"value\":"
        + (200 + n % 800)
        + "},{\"metric\":\"error_ratio\",\"value\":0.0"
        + n % 97
        + "}],\"reason\":\"latency above its objective for 5 of the last 6 minutes\",\"severity\":\"high\"}";
  }
}

package io.grace.app.web;

import io.grace.app.Backend.StoredEntry;
import io.grace.app.web.RunViews.ApprovalView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the story of an ended run says beyond its end. *Immutable.*
record Told(List<ApprovalView> approvals, Optional<String> verdict) {
  private static final String PROPOSED = "run.proposed";
  private static final String APPROVED = "run.approved";

  Told {
    approvals = List.copyOf(approvals);
  }

  static Told by(List<StoredEntry> story, JsonMapper json) {
    var approvals = new ArrayList<ApprovalView>();
    Optional<String> verdict = Optional.empty();
    for (StoredEntry entry : story) {
      if (entry.kind().equals(PROPOSED)) {
        verdict = text(json.readTree(entry.payload()), "verdict");
      } else if (entry.kind().equals(APPROVED)) {
        String scope = text(json.readTree(entry.payload()), "scope").orElse("plan");
        approvals.add(new ApprovalView(entry.actor(), scope.toLowerCase(Locale.ROOT), entry.at()));
      }
    }
    return new Told(approvals, verdict);
  }

  private static Optional<String> text(JsonNode payload, String name) {
    return payload.path(name).stringValueOpt();
  }
}

package io.grace.app.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.grace.app.Backend.JournalHead;
import io.grace.app.Backend.LogVerdict;
import io.grace.app.Backend.StoredEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/// The journal in the words of the API.
public final class LogViews {
  private LogViews() {}

  public record HeadView(long index, String hash) {
    static HeadView of(JournalHead h) {
      return new HeadView(h.index(), h.hash().value());
    }
  }

  /// @param payload as it is in the journal, by `kind`
  public record EntryView(
      long index,
      Instant at,
      String actor,
      String kind,
      String subject,
      @JsonRawValue @Schema(implementation = Object.class) String payload,
      String hash) {
    static EntryView of(StoredEntry e) {
      return new EntryView(
          e.index(), e.at(), e.actor(), e.kind(), e.subject(), e.payload(), e.hash().value());
    }
  }

  public record VerdictView(boolean ok, long entries, List<String> findings, HeadView head) {
    static VerdictView of(LogVerdict v) {
      return new VerdictView(v.ok(), v.entries(), v.findings(), HeadView.of(v.head()));
    }
  }

  public record StoryView(List<EntryView> entries) {}
}

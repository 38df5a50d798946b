package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.Backend.EntryQuery;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.Backend.StoredEntry;
import io.grace.app.guard.Problem;
import io.grace.app.web.LogViews.EntryView;
import io.grace.app.web.LogViews.VerdictView;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The journal: to read, to follow, to verify, to take away.
@RestController
public final class LogApi {
  /// Each reads the whole journal; two at a time leave the machine to its work.
  private static final int AUDITS = 2;

  private final Backend backend;
  private final LogStream stream;
  private final Semaphore audits = new Semaphore(AUDITS);

  LogApi(Backend backend, LogStream stream) {
    this.backend = backend;
    this.stream = stream;
  }

  @GetMapping("/api/log/entries")
  public Page<EntryView> entries(
      @RequestParam @Nullable String after,
      @RequestParam @Nullable Integer limit,
      @RequestParam @Nullable String kind,
      @RequestParam @Nullable String subject)
      throws StoreUnavailable {
    return page(backend, after, limit, Optional.ofNullable(kind), Optional.ofNullable(subject));
  }

  static Page<EntryView> page(
      Backend backend,
      @Nullable String after,
      @Nullable Integer limit,
      Optional<String> kind,
      Optional<String> subject)
      throws StoreUnavailable {
    int most = Inputs.limit(limit);
    List<StoredEntry> found =
        backend.entries(new EntryQuery(Inputs.index(after), most, kind, subject));
    return new Page<>(
        found.stream().map(EntryView::of).toList(),
        found.size() < most
            ? Optional.empty()
            : Optional.of(Long.toString(found.getLast().index())));
  }

  @GetMapping("/api/log/verify")
  public VerdictView verify() throws StoreUnavailable {
    begin();
    try {
      return VerdictView.of(backend.verifyLog());
    } finally {
      audits.release();
    }
  }

  @GetMapping(path = "/api/log/export", produces = "application/x-ndjson")
  public void export(HttpServletResponse response) throws IOException, StoreUnavailable {
    begin();
    try {
      response.setContentType("application/x-ndjson");
      response.setHeader(
          HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"grace-journal.jsonl\"");
      backend.exportLog(response.getOutputStream());
    } finally {
      audits.release();
    }
  }

  private void begin() {
    if (!audits.tryAcquire()) {
      throw new Refusal(
          Problem.unavailable(
              "busy", AUDITS + " exports or verifications are under way; try again later"));
    }
  }

  /// Server-sent events: each entry with its index as id. Starts behind `Last-Event-ID` or `after`,
  /// else with what comes next.
  @GetMapping(path = "/api/log/stream", produces = "text/event-stream")
  public void stream(
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      @RequestParam @Nullable String after,
      HttpServletResponse response)
      throws IOException, StoreUnavailable, InterruptedException {
    String from = lastEventId == null ? after : lastEventId;
    stream.run(from == null ? backend.head().index() : Inputs.index(from), response);
  }
}

package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.Backend.EntryQuery;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.Backend.StoredEntry;
import io.grace.app.guard.Problem;
import io.grace.app.web.LogViews.EntryView;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import tools.jackson.databind.json.JsonMapper;

/// Follows the journal for readers that stay connected (server-sent events). *Thread-safe.*
///
/// Each reader reads the journal at its own pace and is only woken by news, so nothing is buffered
/// for it and nothing is lost, however slow it is.
final class LogStream implements ApplicationListener<ContextClosedEvent> {
  /// Readers at a time; each costs one virtual thread and one connection.
  static final int MOST = 100;

  /// Tells proxies that the connection lives, and GRACE that the reader is gone.
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /// How soon a reader notices that GRACE stops.
  private static final Duration GLANCE = Duration.ofMillis(500);

  private static final int BATCH = 200;

  private final Backend backend;
  private final JsonMapper json;
  private final Semaphore places = new Semaphore(MOST);
  private volatile boolean stopping;

  LogStream(Backend backend, JsonMapper json) {
    this.backend = backend;
    this.json = json;
  }

  /// Serves one reader until it or GRACE goes.
  void run(long after, HttpServletResponse response)
      throws IOException, StoreUnavailable, InterruptedException {
    if (!places.tryAcquire()) {
      throw new Refusal(
          Problem.unavailable("too-many-streams", MOST + " streams are open; close one first"));
    }
    var news = new Semaphore(1);
    try (var _ = backend.subscribe(() -> wake(news))) {
      response.setContentType("text/event-stream");
      response.setCharacterEncoding(StandardCharsets.UTF_8.name());
      response.flushBuffer();
      follow(after, news, response);
    } finally {
      places.release();
    }
  }

  /// Streams that are open now.
  int open() {
    return MOST - places.availablePermits();
  }

  /// News wait at most once.
  private static void wake(Semaphore news) {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  private void follow(long after, Semaphore news, HttpServletResponse response)
      throws IOException, StoreUnavailable, InterruptedException {
    OutputStream out = response.getOutputStream();
    long last = after;
    long quietSince = System.nanoTime();
    while (!stopping) {
      if (news.tryAcquire(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
        news.drainPermits();
        long sent = send(last, out);
        if (sent != last) {
          last = sent;
          quietSince = System.nanoTime();
          response.flushBuffer();
        }
      } else if (System.nanoTime() - quietSince >= HEARTBEAT.toNanos()) {
        out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
        quietSince = System.nanoTime();
        response.flushBuffer();
      }
    }
  }

  private long send(long after, OutputStream out) throws IOException, StoreUnavailable {
    long last = after;
    List<StoredEntry> entries;
    do {
      entries = backend.entries(new EntryQuery(last, BATCH, Optional.empty(), Optional.empty()));
      for (StoredEntry entry : entries) {
        String data = json.writeValueAsString(EntryView.of(entry));
        String event =
            "id: " + entry.index() + "\nevent: " + entry.kind() + "\ndata: " + data + "\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        last = entry.index();
      }
    } while (entries.size() == BATCH && !stopping);
    return last;
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    stopping = true;
  }
}

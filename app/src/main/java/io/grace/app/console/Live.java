package io.grace.app.console;

import io.grace.app.Backend;
import io.grace.app.Backend.EntryQuery;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.Backend.StoredEntry;
import io.grace.app.Backend.Subscription;
import io.grace.app.guard.Problem;
import io.grace.app.web.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// Keeps open pages true (server-sent events). *Thread-safe.*
///
/// One thread looks once for all watchers and draws once for all, so a watcher more costs a write
/// and nothing else. Three events: `strip` and `now` carry the drawn parts that changed, `news` the
/// subjects of new entries, `beat` the time, so that a page can tell that it is cut off.
@Controller
public final class Live implements ApplicationListener<ContextClosedEvent>, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(Live.class);

  static final int MOST = 300;

  /// A page shows itself as cut off after three of them.
  private static final Duration BEAT = Duration.ofSeconds(5);

  /// News come at most so often: faster than people read, slower than a busy journal.
  private static final Duration PACE = Duration.ofSeconds(1);

  /// Who does not read so many is cut off, and comes back by itself.
  private static final int BEHIND = 16;

  /// After so long the page connects anew, so that its session is looked at again.
  private static final Duration LONGEST = Duration.ofHours(1);

  /// More subjects than that stand for all.
  private static final int MOST_SUBJECTS = 100;

  private static final byte[] END = {};

  private record Watcher(BlockingQueue<byte[]> queue) {}

  private final Backend backend;
  private final Pages pages;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final Semaphore places = new Semaphore(MOST);
  private final Semaphore news = new Semaphore(0);
  private final Semaphore stop = new Semaphore(0);
  private final Subscription subscription;
  private final Thread thread;
  private volatile boolean stopping;

  // Owned by the thread.
  private String strip = "";
  private String now = "";
  private long head;

  Live(Backend backend, Pages pages) {
    this.backend = backend;
    this.pages = pages;
    this.head = backend.head().index();
    this.subscription = backend.subscribe(news::release);
    this.thread = Thread.ofVirtual().name("live").start(this::look);
  }

  /// Serves one watcher until it or GRACE goes.
  @GetMapping("/live")
  public void watch(HttpServletResponse response) throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      throw new Refusal(
          Problem.unavailable("too-many-watchers", MOST + " pages are open; close one first"));
    }
    var watcher = new Watcher(new ArrayBlockingQueue<>(BEHIND));
    watchers.add(watcher);
    try {
      response.setContentType("text/event-stream");
      response.setCharacterEncoding(StandardCharsets.UTF_8.name());
      response.setHeader("X-Accel-Buffering", "no");
      response.getOutputStream().write(beat());
      response.flushBuffer();
      long end = System.nanoTime() + LONGEST.toNanos();
      while (!stopping && System.nanoTime() < end) {
        byte[] event = watcher.queue().poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
        if (event == END) {
          return;
        }
        if (event != null) {
          response.getOutputStream().write(event);
          response.flushBuffer();
        }
      }
    } finally {
      watchers.remove(watcher);
      places.release();
    }
  }

  int open() {
    return watchers.size();
  }

  private void look() {
    long beatAt = System.nanoTime();
    try {
      while (!stopping) {
        boolean isNews = news.tryAcquire(PACE.toMillis(), TimeUnit.MILLISECONDS);
        news.drainPermits();
        if (watchers.isEmpty()) {
          head = backend.head().index();
          continue;
        }
        step();
        if (System.nanoTime() - beatAt >= BEAT.toNanos()) {
          beatAt = System.nanoTime();
          send(beat());
        }
        if (isNews && stop.tryAcquire(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() {
    try {
      var drawn = pages.strip();
      strip = sendIfNew("strip", strip, pages.draw("tag/strip", Map.of("strip", drawn)));
      now = sendIfNew("now", now, pages.draw("tag/now", pages.now(drawn)));
      String subjects = subjects();
      if (!subjects.isEmpty()) {
        send(event("news", subjects));
      }
    } catch (StoreUnavailable e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("news could not be read");
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("live pages failed on a bug");
    }
  }

  /// Times that pass by themselves are left to the page, so the same state is drawn the same.
  private String sendIfNew(String name, String before, String drawn) {
    if (!drawn.equals(before)) {
      send(event(name, drawn));
    }
    return drawn;
  }

  private String subjects() throws StoreUnavailable {
    var subjects = new TreeSet<String>();
    List<StoredEntry> entries =
        backend.entries(new EntryQuery(head, MOST_SUBJECTS, Optional.empty(), Optional.empty()));
    if (entries.size() == MOST_SUBJECTS) {
      head = backend.head().index();
      return "*";
    }
    for (StoredEntry entry : entries) {
      subjects.add(entry.subject());
      head = entry.index();
    }
    return String.join(" ", subjects);
  }

  private static byte[] beat() {
    return event("beat", Instant.now().toString());
  }

  private static byte[] event(String name, String data) {
    return ("event: " + name + "\ndata: " + data.replace("\n", "\ndata: ") + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private void send(byte[] event) {
    for (Watcher watcher : watchers) {
      if (!watcher.queue().offer(event)) {
        watcher.queue().clear();
        watcher.queue().add(END);
      }
    }
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    stopping = true;
    send(END);
  }

  @Override
  public void destroy() {
    stopping = true;
    stop.release();
    subscription.close();
    thread.interrupt();
  }
}

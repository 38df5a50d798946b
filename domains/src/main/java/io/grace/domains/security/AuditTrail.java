package io.grace.domains.security;

import io.grace.core.event.Event;
import io.grace.runtime.codec.EventCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// GRACE's own journal as a log: each event that became durable, as one JSON object with `kind`,
/// `actor`, `subject` and its payload. *Thread-safe.*
final class AuditTrail implements LineSource {
  /// Of events that wait for the next round; the loop never waits for this domain.
  private static final int MOST = 10_000;

  /// What the eyes of GRACE tell is no deed of anybody.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/@ -]{0,200}");

  private final ArrayBlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MOST);
  private final AtomicLong lost = new AtomicLong();

  /// Called on the loop's thread.
  void heard(List<Event> events) {
    for (Event event : events) {
      if (!waiting.offer(event)) {
        lost.incrementAndGet();
      }
    }
  }

  @Override
  public void poll(Sink sink) {
    Event event = waiting.poll();
    for (int left = MOST; event != null && left > 0; left--) {
      byte[] line = json(event).getBytes(StandardCharsets.UTF_8);
      sink.line(line, 0, line.length);
      event = waiting.poll();
    }
  }

  private static String json(Event event) {
    var draft = EventCodec.draft(event);
    return "{\"at\":\"%s\",\"kind\":\"%s\",\"actor\":\"%s\",\"subject\":\"%s\",\"payload\":%s}"
        .formatted(
            event.at(),
            plain(draft.kind()),
            plain(draft.actor()),
            plain(draft.subject()),
            draft.payload());
  }

  private static String plain(String text) {
    return PLAIN.matcher(text).matches() ? text : "?";
  }

  @Override
  public long behind() {
    return waiting.size();
  }

  /// How many events were not looked at, because too many waited.
  long lost() {
    return lost.get();
  }

  @Override
  public void close() {
    waiting.clear();
  }
}

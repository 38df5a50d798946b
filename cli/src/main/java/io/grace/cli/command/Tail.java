package io.grace.cli.command;

import io.grace.cli.client.Doc;
import io.grace.cli.client.LineStream;
import io.grace.cli.client.LineStream.Seen;
import io.grace.cli.client.Query;
import io.grace.cli.client.ServerEvents;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import io.grace.cli.view.EntryView;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows the journal over broken connections: it always asks for what is behind the last entry
/// that it has shown, so that none is shown twice or left out. *Owned by the main thread.*
final class Tail {
  /// The server sends a sign of life at least every 15 s.
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /// A restart of the server takes some seconds; a minute of refusals is more than that.
  private static final int MOST_RETRIES = 30;

  private final Session session;
  private final long most;
  private @Nullable String last;
  private long shown;
  private int failures;

  /// @param after the entry to start behind; null for now
  /// @param most how many entries to show
  Tail(Session session, @Nullable Long after, long most) {
    this.session = session;
    this.most = most;
    this.last = after == null ? null : after.toString();
  }

  void follow() throws Failure {
    while (shown < most && !session.host().out().checkError()) {
      try (LineStream lines =
          session.api().stream(
              Query.of("/api/log/stream"), "text/event-stream", Optional.ofNullable(last))) {
        read(lines);
      } catch (Failure e) {
        if (e.kind() != Kind.UNREACHABLE || ++failures > MOST_RETRIES || hasShownNothing()) {
          throw e;
        }
        session.host().err().println("grace: " + e.sentence() + "; trying again");
      }
      if (shown < most) {
        session.host().pause().of(RETRY_AFTER);
      }
    }
  }

  /// Where the very first connection fails, the address is more likely wrong than the server slow.
  private boolean hasShownNothing() {
    return failures == 1 && last == null && shown == 0;
  }

  private void read(LineStream lines) throws Failure {
    var events = new ServerEvents();
    while (shown < most) {
      switch (lines.next(SILENCE_LIMIT)) {
        case Seen.Line(String text) -> {
          failures = 0;
          var event = events.take(text);
          if (event.isPresent()) {
            show(event.get());
          }
        }
        case Seen.End _, Seen.Broken _ -> {
          if (++failures > MOST_RETRIES) {
            throw new Failure(
                Kind.UNREACHABLE, "GRACE ends the stream again and again", "read the server's log");
          }
          return;
        }
        case Seen.Silence _ -> {
          return;
        }
      }
    }
  }

  private void show(ServerEvents.Event event) throws Failure {
    Doc entry =
        Doc.parse(event.data())
            .orElseThrow(() ->
                new Failure(
                    Kind.UNREACHABLE,
                    "the stream holds something that is no JSON",
                    "check GRACE_URL"));
    if (session.isJson()) {
      session.json(event.data());
    } else {
      EntryView.line(entry, session.page());
    }
    event.id().ifPresent(id -> last = id);
    shown++;
  }
}

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
  private long last;
  private long shown;
  private boolean wasConnected;
  private int failures;

  /// @param after the entry to start behind
  /// @param most how many entries to show
  Tail(Session session, long after, long most) {
    this.session = session;
    this.most = most;
    this.last = after;
  }

  void follow() throws Failure {
    while (shown < most && !session.host().out().checkError()) {
      try (LineStream lines = connect()) {
        wasConnected = true;
        read(lines);
      } catch (Failure e) {
        // Where the first connection fails, the address is more likely wrong than the server slow.
        if (e.kind() != Kind.UNREACHABLE || !wasConnected || ++failures > MOST_RETRIES) {
          throw e;
        }
        session.host().err().println("grace: " + e.sentence() + "; trying again");
      }
      if (shown < most) {
        session.host().pause().of(RETRY_AFTER);
      }
    }
  }

  private LineStream connect() throws Failure {
    Query query = Query.of("/api/log/stream");
    return session.api().stream(query, "text/event-stream", Optional.of(Long.toString(last)));
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

  private void show(String data) throws Failure {
    Doc entry =
        Doc.parse(data)
            .orElseThrow(() ->
                new Failure(
                    Kind.UNREACHABLE,
                    "the stream holds something that is no JSON",
                    "check GRACE_URL"));
    if (session.isJson()) {
      session.json(data);
    } else {
      EntryView.line(entry, session.page());
    }
    last = Math.max(last, entry.whole("index"));
    shown++;
  }
}

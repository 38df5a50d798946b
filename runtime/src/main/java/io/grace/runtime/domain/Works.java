package io.grace.runtime.domain;

import io.grace.core.event.Event;
import io.grace.core.loop.Command;
import io.grace.runtime.foresight.Recent;
import io.grace.runtime.http.Connections;
import io.grace.runtime.journal.projection.Archive;
import io.grace.runtime.loop.Listening;
import io.grace.runtime.loop.LoopThread;
import io.grace.runtime.loop.Reply;
import io.grace.runtime.telemetry.Collector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The machinery around the loop, for the domains that watch it. *Thread-safe.*
public interface Works {
  LoopThread.Status loop();

  /// What became of the rounds of all sources so far.
  Collector.Rounds rounds();

  /// The newest values of what is measured.
  List<Recent> recent();

  Archive archive();

  Connections connections();

  /// Another domain that runs here; empty if the team does not want it.
  <D extends Domain> Optional<D> domain(Class<D> type);

  Ledger ledger();

  /// Asks the loop as a person would; the loop decides.
  ///
  /// @return empty if it did not answer in time
  Optional<Reply.Answer> ask(Command command, Duration limit) throws InterruptedException;

  /// Tells of events once they are durable, on the loop's thread; must not block. Close the handle
  /// to stop.
  Listening listen(Consumer<List<Event>> listener);
}

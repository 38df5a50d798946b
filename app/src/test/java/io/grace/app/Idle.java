package io.grace.app;

import io.grace.core.event.Event;
import io.grace.core.loop.Command;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.House;
import io.grace.runtime.domain.Ledger;
import io.grace.runtime.domain.Works;
import io.grace.runtime.foresight.Recent;
import io.grace.runtime.http.Connections;
import io.grace.runtime.journal.projection.Archive;
import io.grace.runtime.loop.Listening;
import io.grace.runtime.loop.LoopThread;
import io.grace.runtime.loop.Reply;
import io.grace.runtime.telemetry.Collector;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Nothing is measured, recorded or asked.
record Idle() implements Works {
  /// One that lives in this directory, with the state of the rig and nothing else.
  static House house(Path directory, Rig rig) {
    return new House(
        directory,
        directory,
        InstantSource.system(),
        _ -> Optional.empty(),
        rig.backend::snapshot,
        rig.backend.policy(),
        Map.of(),
        rig.backend.workshop(),
        Optional.empty(),
        new Idle());
  }

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("the domain asks for nothing of it");
  }

  @Override
  public List<Recent> recent() {
    return List.of();
  }

  @Override
  public Listening listen(Consumer<List<Event>> listener) {
    return () -> {};
  }

  @Override
  public LoopThread.Status loop() {
    throw none();
  }

  @Override
  public Collector.Rounds rounds() {
    throw none();
  }

  @Override
  public Archive archive() {
    throw none();
  }

  @Override
  public Connections connections() {
    throw none();
  }

  @Override
  public <D extends Domain> Optional<D> domain(Class<D> type) {
    return Optional.empty();
  }

  @Override
  public Ledger ledger() {
    throw none();
  }

  @Override
  public Optional<Reply.Answer> ask(Command command, Duration limit) {
    throw none();
  }
}

package io.grace.runtime.node;

import io.grace.core.event.Event;
import io.grace.core.loop.Command;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.Ledger;
import io.grace.runtime.domain.Works;
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

/// A node as its domains see it; nothing of it may be used before the node has started.
record NodeWorks(Node node) implements Works {
  @Override
  public LoopThread.Status loop() {
    return node.loop().status();
  }

  @Override
  public Collector.Rounds rounds() {
    return node.rounds();
  }

  @Override
  public List<Recent> recent() {
    return node.predictor().recent();
  }

  @Override
  public Archive archive() {
    return node.archive();
  }

  @Override
  public Connections connections() {
    return node.connections();
  }

  @Override
  public <D extends Domain> Optional<D> domain(Class<D> type) {
    return node.domain(type);
  }

  @Override
  public Ledger ledger() {
    return new NodeLedger(node);
  }

  @Override
  public Optional<Reply.Answer> ask(Command command, Duration limit) throws InterruptedException {
    return node.loop().ask(command, limit);
  }

  @Override
  public Listening listen(Consumer<List<Event>> listener) {
    return node.listen(listener);
  }
}

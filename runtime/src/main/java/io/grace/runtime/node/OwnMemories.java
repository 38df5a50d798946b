package io.grace.runtime.node;

import io.grace.core.memory.Cell;
import io.grace.core.memory.Credential;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryPolicy;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Purpose;
import io.grace.core.memory.Recall;
import io.grace.core.memory.Sensitivity;
import io.grace.core.model.Hash;
import io.grace.runtime.domain.Recollection;
import io.grace.runtime.memory.Answer;
import io.grace.runtime.memory.Broker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The memories of a domain of this node.
///
/// @param who the domain, as the node named it
record OwnMemories(Node node, Credential who) implements Recollection {
  private static final Answer NOT_YET = new Answer.Unavailable("the memories are not open");

  static OwnMemories of(Node node, DomainId domain) {
    return new OwnMemories(node, new Credential(domain, "grace." + domain));
  }

  @Override
  public Answer remember(
      MemoryType type,
      Sensitivity sensitivity,
      String content,
      Set<String> context,
      double trust,
      Optional<Duration> kept)
      throws InterruptedException {
    Instant now = node.now().truncatedTo(ChronoUnit.MICROS);
    var cell = new Cell(who.domain(), type, sensitivity);
    Memory memory = Memory.of(cell, content, context, trust, now, kept.map(now::plus));
    return asked(broker -> broker.remember(who, memory));
  }

  @Override
  public Answer recall(
      Purpose purpose,
      String query,
      Set<String> context,
      Set<DomainId> owners,
      Set<MemoryType> types,
      int limit)
      throws InterruptedException {
    var recall =
        new Recall(
            who, purpose, query, context, owners, types, Optional.empty(), Optional.empty(), limit);
    return asked(broker -> broker.recall(recall));
  }

  @Override
  public Answer forget(List<Hash> memories, String reason) throws InterruptedException {
    return asked(broker -> broker.forget(who, memories, reason));
  }

  private interface Question {
    Answer ask(Broker broker) throws InterruptedException;
  }

  /// On a thread of its own, since whoever waits may be interrupted, as a step that takes too long
  /// is, and an interrupt would close the files that the memories of all are in.
  private Answer asked(Question question) throws InterruptedException {
    Optional<Broker> broker = node.memories();
    if (broker.isEmpty()) {
      return NOT_YET;
    }
    var answer = new CompletableFuture<Answer>();
    Thread.ofVirtual()
        .name("grace-memory-" + who.domain())
        .start(() -> {
          try {
            answer.complete(question.ask(broker.get()));
          } catch (InterruptedException | RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the memories of " + who.domain() + " failed", e.getCause());
    }
  }

  @Override
  public boolean reachesOthers() {
    return node.memories().isPresent()
        && node.snapshot().memories().standing(who.domain(), node.now()).trust()
            >= MemoryPolicy.TRUST_NEEDED;
  }
}

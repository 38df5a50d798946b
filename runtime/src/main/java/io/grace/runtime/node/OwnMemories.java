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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    var broker = node.memories();
    if (broker.isEmpty()) {
      return NOT_YET;
    }
    Instant now = node.now().truncatedTo(ChronoUnit.MICROS);
    var cell = new Cell(who.domain(), type, sensitivity);
    return broker
        .get()
        .remember(who, Memory.of(cell, content, context, trust, now, kept.map(now::plus)));
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
    var broker = node.memories();
    if (broker.isEmpty()) {
      return NOT_YET;
    }
    return broker
        .get()
        .recall(
            new Recall(
                who,
                purpose,
                query,
                context,
                owners,
                types,
                Optional.empty(),
                Optional.empty(),
                limit));
  }

  @Override
  public Answer forget(List<Hash> memories, String reason) throws InterruptedException {
    var broker = node.memories();
    return broker.isEmpty() ? NOT_YET : broker.get().forget(who, memories, reason);
  }

  @Override
  public boolean reachesOthers() {
    return node.memories().isPresent()
        && node.snapshot().memories().standing(who.domain(), node.now()).trust()
            >= MemoryPolicy.TRUST_NEEDED;
  }
}

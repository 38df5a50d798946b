package io.grace.domains.security;

import io.grace.core.memory.DomainId;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Purpose;
import io.grace.core.memory.Recall;
import io.grace.core.model.Hash;
import io.grace.domains.security.sigma.RuleSet.Foreign;
import io.grace.domains.security.sigma.Unusable;
import io.grace.runtime.domain.Recollection;
import io.grace.runtime.memory.Answer;
import io.grace.runtime.memory.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Learns from the threat patterns that knowledge remembers, again and again, and only while it is
/// trusted to. What it is not told any more it does not watch with any more. *Thread-safe.*
final class Learner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Learner.class);

  /// Words that every rule has; where there are more memories than can be told, those come first.
  private static final String QUERY = "logsource detection";

  private static final String PATTERN = "threat_pattern";
  private static final String DOCUMENT = "document:";

  /// How often it is seen whether it may ask; that asks nobody.
  private static final Duration TICK = Duration.ofSeconds(1);

  /// Whatever is asked of the broker is answered within 5 s.
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(6);

  private final Recollection memories;
  private final Rulebook rulebook;
  private final Duration every;
  private final InstantSource clock;
  private final Consumer<Optional<Watch>> learned;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// What was learned last, and when it is to be looked again; owned by the thread.
  private Set<Hash> known = Set.of();

  private Instant next = Instant.MIN;

  /// @param every at least a second: the domain has 100 requests a minute
  /// @param learned told whenever it is something else than before
  Learner(
      Recollection memories,
      Rulebook rulebook,
      Duration every,
      InstantSource clock,
      Consumer<Optional<Watch>> learned) {
    this.memories = memories;
    this.rulebook = rulebook;
    this.every = every;
    this.clock = clock;
    this.learned = learned;
    this.thread = Thread.ofVirtual().name("security learns").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      do {
        look(clock.instant());
      } while (!closed.await(TICK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("nothing is learned from knowledge until a restart");
    }
  }

  private void look(Instant now) throws InterruptedException {
    if (!memories.reachesOthers()) {
      // Asking without trust would cost more of it.
      learn(List.of());
      next = Instant.MIN;
      return;
    }
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(every);
    Answer answer =
        memories.recall(
            Purpose.ANALYSIS,
            QUERY,
            Set.of(PATTERN),
            Set.of(DomainId.KNOWLEDGE),
            Set.of(MemoryType.SEMANTIC),
            Recall.MOST);
    switch (answer) {
      case Answer.Recalled(var told) ->
          learn(
              told.value().memories().stream()
                  .filter(item -> item.context().contains(PATTERN) && item.content().isPresent())
                  .sorted(Comparator.comparing(Told.Item::at).reversed())
                  .toList());
      case Answer.Refused refused -> {
        LOG.atWarn()
            .addKeyValue("rule", refused.rule())
            .addKeyValue("why", refused.why())
            .log("nothing is learned from knowledge");
        learn(List.of());
      }
      case Answer.Unavailable unavailable ->
          LOG.atDebug()
              .addKeyValue("why", unavailable.why())
              .log("memories cannot be asked; what was learned stays");
      case Answer.Kept _, Answer.Forgot _ ->
          throw new IllegalStateException("no answer to a recall: " + answer);
    }
  }

  /// @param patterns the newest first, so that of a rule that changed the newer form counts
  private void learn(List<Told.Item> patterns) {
    Set<Hash> told = patterns.stream().map(Told.Item::id).collect(Collectors.toSet());
    if (told.equals(known)) {
      return;
    }
    known = told;
    List<Foreign> texts =
        patterns.stream()
            .map(item -> new Foreign(document(item), item.content().orElseThrow()))
            .toList();
    try {
      learned.accept(texts.isEmpty() ? Optional.empty() : Optional.of(rulebook.learned(texts)));
      LOG.atInfo().addKeyValue("patterns", texts.size()).log("learned from knowledge");
    } catch (Unusable e) {
      LOG.atWarn().setCause(e).log("what knowledge tells of threats cannot be used");
      learned.accept(Optional.empty());
    }
  }

  private static String document(Told.Item item) {
    return item.context().stream()
        .filter(word -> word.startsWith(DOCUMENT))
        .map(word -> word.substring(DOCUMENT.length()))
        .findFirst()
        .orElse(item.id().brief());
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      // Not interrupted: that would close the files in which memories are being read.
      boolean _ = thread.join(ENDS_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

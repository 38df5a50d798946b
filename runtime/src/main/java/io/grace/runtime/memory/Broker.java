package io.grace.runtime.memory;

import io.grace.core.loop.MemoryCommand;
import io.grace.core.loop.MemoryCommands.Outcome;
import io.grace.core.memory.Credential;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Forgetting;
import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryPolicy;
import io.grace.core.memory.Recall;
import io.grace.core.memory.Verdict;
import io.grace.core.model.Hash;
import io.grace.core.spi.MemoryStore.Kept;
import io.grace.core.spi.MemoryStore.Unavailable;
import io.grace.core.state.Memories;
import io.grace.core.state.MemoryUse;
import io.grace.runtime.journal.SigningKey;
import io.grace.runtime.loop.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells domains memories: judged, recorded, and only then handed out, signed. *Thread-safe.*
///
/// It looks before it asks: what the policy would grant is searched and ranked, and the loop then
/// judges again and records the grant with its counts. If the loop says something else, nothing of
/// what was found is handed out.
public final class Broker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

  /// The journal's commit takes milliseconds; whoever waits longer is told so.
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /// The grant changed so often under a request only while somebody plays with trust.
  private static final int TRIES = 3;

  private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

  private final MemoryPolicy policy;
  private final MemoryBank bank;
  private final Ledger ledger;
  private final Supplier<Memories> known;
  private final Supplier<SigningKey> key;
  private final InstantSource clock;
  private final Prefetch prefetch = new Prefetch();
  private final Telling telling;
  private final Forgetter forgetter;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// @param bank closed with the broker
  /// @param ledger the loop, which must judge by the same policy
  /// @param known what the journal says of memories now
  /// @param key the journal's current one
  public Broker(
      MemoryPolicy policy,
      MemoryBank bank,
      Ledger ledger,
      Supplier<Memories> known,
      Supplier<SigningKey> key,
      InstantSource clock) {
    this.policy = policy;
    this.bank = bank;
    this.ledger = ledger;
    this.known = known;
    this.key = key;
    this.clock = clock;
    this.telling = new Telling(bank, prefetch);
    this.forgetter = new Forgetter(bank, prefetch, this::recorded, key, clock);
  }

  /// Finishes what an earlier life left half forgotten, and removes what expires from now on.
  public void start() {
    Thread.ofVirtual().name("grace-memory-sweep").start(this::sweepOn);
  }

  private void sweepOn() {
    try {
      do {
        try {
          resume();
          sweep();
          bank.learn();
        } catch (Unavailable e) {
          LOG.atWarn()
              .addKeyValue("reason", e.getMessage())
              .log("memories that are to go are still there; tried again later");
        }
      } while (!closed.await(SWEEP_EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public Answer recall(Recall recall) throws InterruptedException {
    try {
      for (int i = 0; i < TRIES; i++) {
        var answer = attempt(recall);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
      return new Answer.Unavailable("what is allowed changed while it was looked for");
    } catch (Unavailable e) {
      return new Answer.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  /// Empty if the loop judged otherwise than was foreseen.
  private Optional<Answer> attempt(Recall recall) throws InterruptedException, Unavailable {
    Instant now = now();
    var standing = known.get().standing(recall.who().domain(), now);
    Optional<Telling.Draft> draft =
        switch (policy.judge(recall, standing)) {
          case Verdict.Granted(var grant, _) -> Optional.of(telling.draft(recall, grant, now));
          case Verdict.Denied _ -> Optional.empty();
        };
    var tell = new MemoryCommand.Tell(recall, draft.map(Telling.Draft::found));
    return switch (recorded(tell)) {
      case Outcome.Changed _ -> Optional.empty();
      case Outcome.Refused(_, String rule, String why, var receipts) ->
          Optional.of(new Answer.Refused(rule, why, receipts));
      case Outcome.Void(String why) -> Optional.of(new Answer.Unavailable(why));
      case Outcome.Allowed(_, var receipts) -> {
        Told told = draft.orElseThrow().told(receipts);
        bank.touch(told.memories().stream().map(Told.Item::id).toList(), now);
        lookAhead(recall);
        yield Optional.of(new Answer.Recalled(Signed.of(told, key.get())));
      }
    };
  }

  private Outcome recorded(MemoryCommand command) throws InterruptedException, Unavailable {
    return switch (ledger.ask(command, LIMIT).orElseThrow(Broker::tooLate)) {
      case Reply.Recorded.Decided(Outcome outcome) -> outcome;
      case Reply.Recorded.NotRecorded(String why) ->
          throw new Unavailable(
              "the journal does not take it: " + why, new IllegalStateException());
    };
  }

  private static Unavailable tooLate() {
    return new Unavailable(
        "the journal did not answer within " + LIMIT.toSeconds() + " s",
        new IllegalStateException());
  }

  /// Searches for what is likely to be asked next. Nothing is recorded, since nobody is told.
  private void lookAhead(Recall recall) {
    prefetch.seen(recall);
    known
        .get()
        .use(recall.who().domain())
        .next(recall.shape())
        .flatMap(prefetch::wanted)
        .ifPresent(
            next -> Thread.ofVirtual().name("grace-memory-ahead").start(() -> searchAhead(next)));
  }

  private void searchAhead(Recall next) {
    Instant now = now();
    var standing = known.get().standing(next.who().domain(), now);
    if (policy.judge(next, standing) instanceof Verdict.Granted(var grant, _)) {
      try {
        telling.ahead(next, grant, now);
      } catch (Unavailable e) {
        LOG.atDebug().addKeyValue("reason", e.getMessage()).log("nothing searched ahead");
      }
    }
  }

  /// Keeps something of the own domain.
  public Answer remember(Credential who, Memory memory) throws InterruptedException {
    if (who.domain() != memory.cell().owner()) {
      return refuse(
          who,
          memory.id(),
          "domain_isolation",
          who.domain() + " cannot remember for " + memory.cell().owner());
    }
    try {
      return switch (recorded(new MemoryCommand.Remember(who, memory))) {
        case Outcome.Allowed _ -> {
          bank.keep(List.of(memory));
          yield new Answer.Kept(memory.id());
        }
        case Outcome.Refused(_, String rule, String why, var receipts) ->
            new Answer.Refused(rule, why, receipts);
        case Outcome.Void(String why) -> new Answer.Unavailable(why);
        case Outcome.Changed _ -> new Answer.Unavailable("try again");
      };
    } catch (Unavailable e) {
      return new Answer.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  /// Forgets memories of the own domain for good, and proves it.
  ///
  /// @param memories 1 to [Forgetting#MOST]
  public Answer forget(Credential who, List<Hash> memories, String reason)
      throws InterruptedException {
    if (memories.isEmpty() || memories.size() > Forgetting.MOST) {
      throw new IllegalArgumentException("forget 1–" + Forgetting.MOST + ": " + memories.size());
    }
    try {
      for (Kept kept : bank.get(memories).values()) {
        DomainId owner = kept.memory().cell().owner();
        if (owner != who.domain()) {
          return refuse(
              who,
              kept.memory().id(),
              "domain_isolation",
              who.domain() + " cannot forget what is not its own");
        }
      }
      return switch (recorded(new MemoryCommand.Forget(who, memories, reason))) {
        case Outcome.Allowed(var event, _) ->
            new Answer.Forgot(forgetter.finish(Forgetter.opened(event)));
        case Outcome.Refused(_, String rule, String why, var receipts) ->
            new Answer.Refused(rule, why, receipts);
        case Outcome.Void(String why) -> new Answer.Unavailable(why);
        case Outcome.Changed _ -> new Answer.Unavailable("try again");
      };
    } catch (Unavailable e) {
      return new Answer.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private Answer refuse(Credential who, Hash subject, String rule, String why)
      throws InterruptedException {
    try {
      return recorded(new MemoryCommand.Refuse(who, subject, rule, why))
              instanceof Outcome.Refused(_, _, _, var receipts)
          ? new Answer.Refused(rule, why, receipts)
          : new Answer.Unavailable(why);
    } catch (Unavailable e) {
      return new Answer.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  /// Says how far a domain may be trusted from now on.
  ///
  /// @param trust in [0, 1]
  /// @return false if it could not be recorded
  public boolean trust(DomainId domain, double trust, String by, String reason)
      throws InterruptedException {
    try {
      return recorded(new MemoryCommand.Trust(domain, trust, by, reason))
          instanceof Outcome.Allowed;
    } catch (Unavailable e) {
      return false;
    }
  }

  /// Finishes what was begun and not proved.
  void resume() throws InterruptedException, Unavailable {
    for (Forgetting open : known.get().forgetting().values()) {
      forgetter.finish(open);
    }
  }

  /// Removes what expired.
  ///
  /// @return how many
  public int sweep() throws InterruptedException, Unavailable {
    var byOwner = new TreeMap<DomainId, List<Hash>>();
    var ids = bank.expired(now(), Forgetting.MOST);
    for (Kept kept : bank.get(ids).values()) {
      byOwner
          .computeIfAbsent(kept.memory().cell().owner(), _ -> new java.util.ArrayList<>())
          .add(kept.memory().id());
    }
    for (var of : byOwner.entrySet()) {
      of.getValue().sort(null);
      if (recorded(new MemoryCommand.Expire(of.getKey(), of.getValue()))
          instanceof Outcome.Allowed(var event, _)) {
        forgetter.finish(Forgetter.opened(event));
      }
    }
    return ids.size();
  }

  /// How memories are used: by the journal, and what is searched ahead because of it.
  public Patterns patterns() {
    return new Patterns(new TreeMap<>(known.get().uses()), prefetch.counts());
  }

  public record Patterns(SortedMap<DomainId, MemoryUse> uses, Prefetch.Counts prefetch) {}

  /// Requests per minute, by domain.
  public Map<DomainId, Integer> quotas() {
    var quotas = new TreeMap<DomainId, Integer>();
    for (DomainId domain : DomainId.values()) {
      quotas.put(domain, policy.quota(domain));
    }
    return quotas;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public void close() throws Unavailable {
    closed.countDown();
    bank.close();
  }
}

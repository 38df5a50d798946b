package io.grace.core.loop;

import io.grace.core.event.Event;
import io.grace.core.event.MemoryEvent;
import io.grace.core.event.MemoryEvent.MemoryDenied;
import io.grace.core.event.MemoryEvent.MemoryForgetting;
import io.grace.core.event.MemoryEvent.MemoryForgotten;
import io.grace.core.event.MemoryEvent.MemoryRecalled;
import io.grace.core.event.MemoryEvent.MemoryRemembered;
import io.grace.core.event.MemoryEvent.MemoryThrottled;
import io.grace.core.event.MemoryEvent.MemoryTrusted;
import io.grace.core.memory.Credential;
import io.grace.core.memory.Forgetting;
import io.grace.core.memory.MemoryPolicy;
import io.grace.core.memory.Recall;
import io.grace.core.memory.Verdict;
import io.grace.core.model.Hash;
import io.grace.core.model.Receipt;
import io.grace.core.state.Memories;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Turns what the memory broker is about to do into events, or into a reason why not. The quota is
/// judged here, on the one thread that decides, so that no two requests take the same last place.
public final class MemoryCommands {
  private static final Outcome FULL =
      new Outcome.Void("too much is being forgotten already; ask again later");

  private MemoryCommands() {}

  /// What came of a command.
  public sealed interface Outcome {
    Optional<MemoryEvent> event();

    /// It may go on once the event is durable.
    ///
    /// @param receipts what the policy said
    record Allowed(MemoryEvent recorded, List<Receipt> receipts) implements Outcome {
      public Allowed {
        receipts = List.copyOf(receipts);
      }

      @Override
      public Optional<MemoryEvent> event() {
        return Optional.of(recorded);
      }
    }

    record Refused(MemoryEvent recorded, String rule, String why, List<Receipt> receipts)
        implements Outcome {
      public Refused {
        receipts = List.copyOf(receipts);
      }

      @Override
      public Optional<MemoryEvent> event() {
        return Optional.of(recorded);
      }
    }

    /// The policy says something else than when the broker looked; it should look again.
    record Changed() implements Outcome {
      @Override
      public Optional<MemoryEvent> event() {
        return Optional.empty();
      }
    }

    /// There is nothing to record, and no reason to go on.
    record Void(String why) implements Outcome {
      @Override
      public Optional<MemoryEvent> event() {
        return Optional.empty();
      }
    }
  }

  public static Outcome decide(
      MemoryCommand command, Snapshot snapshot, MemoryPolicy policy, Instant now) {
    Memories known = snapshot.memories();
    return switch (command) {
      case MemoryCommand.Tell c -> tell(c, known, policy, now);
      case MemoryCommand.Remember c -> {
        var who = c.who();
        var memory = c.memory();
        yield within(
            who,
            known,
            policy,
            now,
            new MemoryRemembered(
                who.domain(),
                who.actor(),
                memory.id(),
                memory.cell(),
                memory.contentHash(),
                memory.expires(),
                now));
      }
      case MemoryCommand.Forget c -> forget(c, known, policy, now);
      case MemoryCommand.Expire c -> {
        var who = new Credential(c.domain(), Event.GRACE);
        yield isFull(known)
            ? FULL
            : new Outcome.Allowed(forgetting(who, c.memories(), "expired", now), List.of());
      }
      case MemoryCommand.Refuse c ->
          new Outcome.Refused(
              new MemoryDenied(
                  c.who().domain(),
                  c.who().actor(),
                  Optional.empty(),
                  c.subject(),
                  c.subject(),
                  c.rule(),
                  c.why(),
                  List.of(new Receipt(c.rule(), Receipt.Ruling.DENIED, c.why())),
                  now),
              c.rule(),
              c.why(),
              List.of(new Receipt(c.rule(), Receipt.Ruling.DENIED, c.why())));
      case MemoryCommand.Forgotten c -> {
        Forgetting open = known.forgetting().get(c.request());
        yield open == null
            ? new Outcome.Void("nothing is being forgotten under " + c.request().brief())
            : new Outcome.Allowed(
                new MemoryForgotten(
                    open.domain(), open.by(), c.request(), c.removed(), c.proof(), now),
                List.of());
      }
      case MemoryCommand.Trust c ->
          new Outcome.Allowed(
              new MemoryTrusted(c.domain(), c.by(), c.trust(), c.reason(), now), List.of());
    };
  }

  private static Outcome tell(
      MemoryCommand.Tell c, Memories known, MemoryPolicy policy, Instant now) {
    Recall recall = c.recall();
    var who = recall.who();
    var standing = known.standing(who.domain(), now);
    Receipt quota = policy.quota(who.domain(), standing);
    if (quota.ruling() == Receipt.Ruling.DENIED) {
      return throttled(who, quota, now);
    }
    Hash query = Hash.sha256(recall.query());
    return switch (policy.judge(recall, standing)) {
      case Verdict.Denied(String rule, String why, var receipts) ->
          new Outcome.Refused(
              new MemoryDenied(
                  who.domain(),
                  who.actor(),
                  Optional.of(recall.purpose()),
                  recall.shape(),
                  query,
                  rule,
                  why,
                  receipts,
                  now),
              rule,
              why,
              receipts);
      case Verdict.Granted(var grant, var receipts) -> {
        if (c.found().isEmpty() || !c.found().get().under().equals(grant)) {
          yield new Outcome.Changed();
        }
        var found = c.found().get();
        yield new Outcome.Allowed(
            new MemoryRecalled(
                who.domain(),
                who.actor(),
                recall.purpose(),
                recall.shape(),
                query,
                found.considered(),
                found.given(),
                found.restricted(),
                found.answer(),
                receipts,
                now),
            receipts);
      }
    };
  }

  private static Outcome forget(
      MemoryCommand.Forget c, Memories known, MemoryPolicy policy, Instant now) {
    if (isFull(known)) {
      return FULL;
    }
    var who = c.who();
    return within(who, known, policy, now, forgetting(who, c.memories(), c.reason(), now));
  }

  private static boolean isFull(Memories known) {
    return known.forgetting().size() >= Memories.MOST_FORGETTING;
  }

  private static MemoryForgetting forgetting(
      Credential who, List<Hash> memories, String reason, Instant now) {
    return new MemoryForgetting(
        who.domain(),
        who.actor(),
        Forgetting.request(who.domain(), memories, now),
        memories,
        reason,
        now);
  }

  /// What a domain does with memories of its own needs no more than a place in its quota.
  private static Outcome within(
      Credential who, Memories known, MemoryPolicy policy, Instant now, MemoryEvent event) {
    Receipt quota = policy.quota(who.domain(), known.standing(who.domain(), now));
    return quota.ruling() == Receipt.Ruling.DENIED
        ? throttled(who, quota, now)
        : new Outcome.Allowed(event, List.of(quota));
  }

  private static Outcome throttled(Credential who, Receipt quota, Instant now) {
    return new Outcome.Refused(
        new MemoryThrottled(who.domain(), who.actor(), quota.why(), now),
        quota.rule(),
        quota.why(),
        List.of(quota));
  }
}

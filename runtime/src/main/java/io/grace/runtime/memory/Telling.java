package io.grace.runtime.memory;

import io.grace.core.loop.MemoryCommand;
import io.grace.core.memory.Access;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Grant;
import io.grace.core.memory.Memory;
import io.grace.core.memory.Recall;
import io.grace.core.model.Hash;
import io.grace.core.model.Receipt;
import io.grace.core.spi.MemoryStore.Unavailable;
import io.grace.runtime.codec.Payloads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds, ranks and phrases an answer. Hands nothing out. *Thread-safe.*
final class Telling {
  /// So many are ranked; whoever is not among them by words is told to nobody.
  private static final int CANDIDATES = 64;

  private final MemoryBank bank;
  private final Prefetch prefetch;

  Telling(MemoryBank bank, Prefetch prefetch) {
    this.bank = bank;
    this.prefetch = prefetch;
  }

  /// An answer that waits to be recorded.
  record Draft(
      Recall recall,
      Instant at,
      List<Told.Item> items,
      Told.Counts counts,
      MemoryCommand.Found found,
      List<String> explanation) {
    Told told(List<Receipt> receipts) {
      return new Told(
          recall.who().domain(),
          recall.who().actor(),
          recall.purpose(),
          recall.shape(),
          at,
          items,
          counts,
          found.answer(),
          explanation,
          receipts);
    }
  }

  Draft draft(Recall recall, Grant grant, Instant now) throws Unavailable {
    var ahead = prefetch.take(recall.shape(), grant, generation(grant), now);
    List<Hit> hits = ahead.isPresent() ? ahead.get() : search(recall, grant, now);
    var ranked = Ranking.rank(hits, recall, bank.uses(hits.stream().map(Hit::id).toList()), now);
    var items = items(ranked, recall.limit(), grant, now);
    SortedMap<DomainId, Integer> given = new TreeMap<>();
    items.forEach(item -> given.merge(item.cell().owner(), 1, Integer::sum));
    int restricted =
        (int) items.stream().filter(item -> item.access() == Access.RESTRICTED).count();
    var counts = new Told.Counts(hits.size(), given, restricted);
    var found =
        new MemoryCommand.Found(
            grant, hits.size(), given, restricted, Hash.sha256(Payloads.canonical(items)));
    return new Draft(
        recall, now, items, counts, found, explanation(recall, items, counts, ahead.isPresent()));
  }

  /// Searches for a request that may come.
  void ahead(Recall recall, Grant grant, Instant now) throws Unavailable {
    long generation = generation(grant);
    prefetch.put(recall.shape(), search(recall, grant, now), grant, generation, now);
  }

  private long generation(Grant grant) {
    return bank.generation(MemoryIndex.owners(grant));
  }

  private List<Hit> search(Recall recall, Grant grant, Instant now) throws Unavailable {
    return bank.search(
        new Words(recall.query(), recall.from(), recall.until(), now), grant, CANDIDATES);
  }

  /// Reads only what is told. One that went meanwhile is passed over.
  private List<Told.Item> items(List<Ranking.Ranked> ranked, int limit, Grant grant, Instant now)
      throws Unavailable {
    var first = ranked.stream().limit(limit).toList();
    var kept = bank.get(first.stream().map(r -> r.hit().id()).toList());
    var items = new ArrayList<Told.Item>();
    for (Ranking.Ranked next : first) {
      var memory = kept.get(next.hit().id());
      if (memory == null || memory.memory().isExpired(now)) {
        continue;
      }
      // By the row of the store, which is the truth, and not by the index.
      Access access = grant.access(memory.memory().cell());
      if (access != Access.DENIED) {
        items.add(item(memory.memory(), access, next));
      }
    }
    return List.copyOf(items);
  }

  private static Told.Item item(Memory memory, Access access, Ranking.Ranked ranked) {
    boolean isWhole = access != Access.RESTRICTED;
    return new Told.Item(
        memory.id(),
        memory.cell(),
        access,
        memory.at(),
        isWhole ? Optional.of(memory.content()) : Optional.empty(),
        isWhole ? memory.context() : Set.of(),
        ranked.score(),
        ranked.parts());
  }

  private static List<String> explanation(
      Recall recall, List<Told.Item> items, Told.Counts counts, boolean isAhead) {
    var lines = new ArrayList<String>();
    lines.add(
        counts.considered()
            + " memories "
            + (recall.query().isBlank() ? "are the newest" : "fit the words")
            + " and are allowed; "
            + items.size()
            + " are told, at most "
            + recall.limit()
            + " were wanted.");
    lines.add(
        String.format(
            Locale.ROOT,
            "Ranked by %.2f relevance + %.2f recency + %.2f frequency + %.2f context + %.2f trust.",
            Ranking.RELEVANCE,
            Ranking.RECENCY,
            Ranking.FREQUENCY,
            Ranking.CONTEXT,
            Ranking.TRUST));
    if (counts.restricted() > 0) {
      lines.add(
          counts.restricted() + " are sensitive and of another domain: that they exist is told.");
    }
    if (isAhead) {
      lines.add("It was searched ahead, as it often follows what was asked before.");
    }
    return List.copyOf(lines);
  }
}

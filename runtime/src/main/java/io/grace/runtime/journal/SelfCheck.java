package io.grace.runtime.journal;

import io.grace.core.entry.Draft;
import io.grace.core.entry.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The writer's own look at its journal: every hash, every link, every signed head. It is a health
/// check; proof against whoever can write to the store is the off-line verifier's part, which
/// shares no code with this.
public final class SelfCheck {
  /// More would not tell more.
  private static final int MOST_FINDINGS = 20;

  private SelfCheck() {}

  /// @param findings one sentence each, at most 20
  public record Result(long entries, List<String> findings, Optional<Head> head) {
    public Result {
      findings = List.copyOf(findings);
    }
  }

  public static Result run(EntryReader reader) throws JournalException {
    var findings = new ArrayList<String>();
    var chain = new Chain();
    Optional<Entry> before = Optional.empty();
    long count = 0;
    List<Entry> page = reader.page(1);
    while (!page.isEmpty() && findings.size() < MOST_FINDINGS) {
      for (Entry entry : page) {
        count++;
        check(entry, before, chain).ifPresent(findings::add);
        before = Optional.of(entry);
      }
      checkpoints(reader, page, findings);
      page = reader.page(page.getLast().index() + 1);
    }
    return new Result(
        count,
        findings.subList(0, Math.min(MOST_FINDINGS, findings.size())),
        before.map(e -> new Head(e.index(), e.hash())));
  }

  private static Optional<String> check(Entry entry, Optional<Entry> before, Chain chain) {
    long wanted = before.map(Entry::index).orElse(0L) + 1;
    if (entry.index() != wanted) {
      return Optional.of("entry " + wanted + " is missing; found " + entry.index());
    }
    if (before.isPresent() && !before.get().hash().equals(entry.previous())) {
      return Optional.of("entry " + entry.index() + " does not follow the one before it");
    }
    var draft =
        new Draft(entry.at(), entry.actor(), entry.kind(), entry.subject(), entry.payload());
    var again =
        chain.extend(new Head(entry.index() - 1, entry.previous()), entry.epoch(), List.of(draft));
    return again.getFirst().hash().equals(entry.hash())
        ? Optional.empty()
        : Optional.of("entry " + entry.index() + " was changed: its hash does not fit");
  }

  private static void checkpoints(EntryReader reader, List<Entry> page, List<String> findings)
      throws JournalException {
    long first = page.getFirst().index();
    for (Checkpoint checkpoint : reader.checkpoints(first, page.getLast().index())) {
      Entry signed = page.get((int) (checkpoint.size() - first));
      if (!signed.hash().equals(checkpoint.head())) {
        findings.add("entry " + signed.index() + " is not the one that was signed");
      }
    }
  }
}

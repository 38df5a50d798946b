package io.grace.domains.knowledge;

import io.grace.domains.knowledge.Item.Trouble;
import io.grace.domains.knowledge.reading.Reading;
import io.grace.domains.knowledge.reading.Text;
import io.grace.domains.knowledge.reading.Unreadable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in what is new of one source: reads, cuts, shelves, and learns what it says. One bad file
/// is put into quarantine and holds up no other. *Thread-safe.*
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 6;

  /// With the source's name and a passage's number it still is an id.
  private static final int LONGEST_PATH = 240;

  private static final int LONGEST_TITLE = 300;

  private final Library library;
  private final Shelf shelf;
  private final Graph graph;
  private final Claims claims;
  private final InstantSource clock;
  private final Meter read = new Meter();

  Intake(Library library, Shelf shelf, Graph graph, Claims claims, InstantSource clock) {
    this.library = library;
    this.shelf = shelf;
    this.graph = graph;
    this.claims = claims;
    this.clock = clock;
  }

  /// Files per minute.
  double rate(Instant now) {
    return read.perMinute(now);
  }

  /// What one look at a source found.
  ///
  /// @param files that the source has
  /// @param read of these, because they were new
  record Round(int files, int read, int removed) {}

  /// Only calls through the guard may be interrupted: what is written must be written whole.
  ///
  /// @throws IOException if the source cannot be read as a whole; what was read of it stays
  /// @throws InterruptedException if it was called off
  Round take(SourceSpec spec, Origin origin, Guard guard) throws IOException, InterruptedException {
    List<Origin.Entry> entries = guard.io(origin::list);
    Set<String> there = new HashSet<>();
    int news = 0;
    for (Origin.Entry entry : entries) {
      there.add(entry.path());
      if (isNews(spec.name(), entry)) {
        take(spec, entry, origin, guard);
        news++;
      }
      guard.progress();
    }
    int removed = 0;
    for (Item gone : library.of(spec.name())) {
      if (!there.contains(gone.path())) {
        remove(gone);
        removed++;
      }
    }
    if (news + removed > 0) {
      shelf.commit(clock.instant());
    }
    return new Round(entries.size(), news, removed);
  }

  /// A source that is configured no more takes what it said with it.
  void forget(Set<String> sources) throws IOException {
    boolean isAny = false;
    for (Item item : library.all()) {
      if (!sources.contains(item.source())) {
        remove(item);
        isAny = true;
      }
    }
    if (isAny) {
      shelf.commit(clock.instant());
    }
  }

  private boolean isNews(String source, Origin.Entry entry) {
    var before = library.find(source, entry.path());
    if (before.isEmpty() || !before.get().version().equals(entry.version())) {
      return true;
    }
    return before
        .get()
        .trouble()
        .flatMap(Trouble::again)
        .filter(again -> !clock.instant().isBefore(again))
        .isPresent();
  }

  private void take(SourceSpec spec, Origin.Entry entry, Origin origin, Guard guard)
      throws IOException, InterruptedException {
    Optional<Item> before = library.find(spec.name(), entry.path());
    Instant now = clock.instant();
    Item item;
    try {
      if (entry.path().length() > LONGEST_PATH) {
        throw new Unreadable("its path is longer than " + LONGEST_PATH + " characters");
      }
      byte[] bytes = guard.io(() -> origin.read(entry, Reading.MAX_BYTES));
      String hash = Library.hash(bytes);
      if (before.isPresent() && before.get().hash().equals(hash)) {
        // Touched, and nothing more.
        library.put(before.get().at(entry.version(), origin.revision()));
        return;
      }
      item = item(spec, entry, origin.revision(), now, hash, Reading.read(entry.path(), bytes));
    } catch (Unreadable e) {
      item =
          Item.inTrouble(
              spec.name(),
              entry,
              origin.revision(),
              now,
              new Trouble(String.valueOf(e.getMessage()), 1, Optional.empty()));
    } catch (ClosedByInterruptException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      item = again(spec, entry, origin.revision(), now, e, before);
    }
    shelve(before, item);
    read.mark(now, 1);
  }

  private Item item(
      SourceSpec spec, Origin.Entry entry, String revision, Instant now, String hash, Text text) {
    return new Item(
        spec.name(),
        entry.path(),
        entry.version(),
        revision,
        hash,
        text.title().substring(0, Math.min(text.title().length(), LONGEST_TITLE)),
        text.owner().or(spec::owner),
        text.reviewed(),
        now,
        Passage.of(Item.id(spec.name(), entry.path()), text),
        claims.of(entry.path(), text),
        ThreatPatterns.of(text),
        Optional.empty());
  }

  /// What may pass is tried again, ever more seldom.
  private static Item again(
      SourceSpec spec,
      Origin.Entry entry,
      String revision,
      Instant now,
      IOException e,
      Optional<Item> before) {
    int attempts = before.flatMap(Item::trouble).map(Trouble::attempts).orElse(0) + 1;
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
    Instant next = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    return Item.inTrouble(
        spec.name(), entry, revision, now, new Trouble(e.toString(), attempts, Optional.of(next)));
  }

  private void shelve(Optional<Item> before, Item item) throws IOException {
    if (item.trouble().isPresent()) {
      LOG.atWarn()
          .addKeyValue("item", item.id())
          .addKeyValue("reason", item.trouble().get().reason())
          .log("a file is in quarantine");
    }
    var changed = new ArrayList<>(library.put(item));
    Item first = changed.removeFirst();
    shelf.replace(before.map(Item::passages).orElse(List.of()), first);
    changed.forEach(other -> shelf.replace(List.of(), other));
    learn(first);
  }

  private void learn(Item item) {
    try {
      graph.learn(item.id(), item.claims());
    } catch (IOException e) {
      LOG.atWarn().setCause(e).addKeyValue("item", item.id()).log("the graph learned nothing");
    }
  }

  private void remove(Item item) throws IOException {
    List<Item> changed = library.remove(item.id());
    shelf.remove(item);
    changed.forEach(other -> shelf.replace(List.of(), other));
    learn(item.with(List.of()).saying(List.of()));
  }
}

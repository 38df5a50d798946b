package io.grace.domains.knowledge;

import io.grace.runtime.search.Document;
import io.grace.runtime.search.Hit;
import io.grace.runtime.search.Query;
import io.grace.runtime.search.SearchIndex;
import io.grace.runtime.search.Soundness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The index over the library's passages. *Thread-safe.*
///
/// A damaged index does not hold up reading: what it misses is counted and made good by a rebuild.
final class Shelf implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
  private static final int MAX_SERVICES = 20;
  static final String SOURCE = "source";
  static final String SERVICE = "service";

  private final Library library;
  private final Claims claims;
  private final SearchIndex index;

  /// Looked at every so often, since it reads the whole index.
  private volatile Soundness soundness = new Soundness(List.of());

  private volatile Instant verified = Instant.EPOCH;

  /// As of the last commit: in the midst of reading it tells nothing.
  private volatile double missingRatio;

  private Shelf(Library library, Claims claims, SearchIndex index) {
    this.library = library;
    this.claims = claims;
    this.index = index;
  }

  static Shelf open(Path directory, Library library, Claims claims) throws IOException {
    var shelf = new Shelf(library, claims, SearchIndex.open(directory));
    shelf.count();
    return shelf;
  }

  /// @param before what was there until now; empty for nothing
  void replace(List<Passage> before, Item item) {
    try {
      for (Passage passage : before) {
        index.delete(passage.id());
      }
      for (Document document : documents(item).toList()) {
        index.put(document);
      }
    } catch (IOException e) {
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("item", item.id())
          .log("the index could not take a document; a rebuild will");
    }
  }

  void remove(Item item) {
    replace(item.passages(), item.with(List.of()));
  }

  /// Makes visible what was put.
  void commit(Instant now) {
    try {
      index.commit();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("the index could not be committed; a rebuild will help");
      verify(now);
    }
    count();
  }

  private Stream<Document> documents(Item item) {
    return item.passages().stream()
        .filter(passage -> passage.copyOf().isEmpty())
        .map(passage ->
            new Document(
                passage.id(),
                passage.heading(),
                passage.text(),
                Map.of(SOURCE, Set.of(item.source()), SERVICE, services(passage))));
  }

  /// One that names more services is about none of them.
  private Set<String> services(Passage passage) {
    Set<String> named = claims.services(passage.heading() + "\n" + passage.text());
    return named.size() > MAX_SERVICES ? Set.of() : named;
  }

  List<Hit> search(String text, int k) throws IOException {
    return index.search(Query.of(text), k);
  }

  /// How many of the passages that should be found are not, as a share.
  double missingRatio() {
    return missingRatio;
  }

  private void count() {
    int wanted = library.originals();
    missingRatio = wanted == 0 ? 0 : Math.max(0, wanted - size()) / (double) wanted;
  }

  int size() {
    try {
      return index.size();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be read", e);
    }
  }

  Soundness soundness() {
    return soundness;
  }

  Instant verified() {
    return verified;
  }

  void verify(Instant now) {
    try {
      soundness = index.verify();
    } catch (IOException e) {
      soundness = new Soundness(List.of("could not be looked at: " + e.getMessage()));
    }
    verified = now;
  }

  /// From the library; the old one serves meanwhile.
  void rebuild(Instant now) throws IOException {
    index.rebuild(this::all);
    verify(now);
    count();
  }

  private Iterator<Document> all() {
    return library.all().stream().flatMap(this::documents).iterator();
  }

  @Override
  public void close() {
    index.close();
  }
}

package io.grace.runtime.memory;

import io.grace.core.memory.Cell;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Grant;
import io.grace.core.memory.Memory;
import io.grace.core.model.Hash;
import io.grace.core.spi.MemoryStore.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.IndexSearcher;

/// Finds memories by their words: one [DomainIndex] each, searched together as far as a grant goes.
/// *Thread-safe.*
///
/// Derived from the store: it knows up to where it was written, and reads the rest from there when
/// it is opened.
public final class MemoryIndex implements AutoCloseable {
  /// A crash costs indexing so many memories again.
  private static final int COMMIT_EVERY = 10_000;

  private final EmbeddedStore store;
  private final Path gistFile;
  private final Map<DomainId, DomainIndex> indexes = new EnumMap<>(DomainId.class);
  private final Map<DomainId, AtomicLong> generations = new EnumMap<>(DomainId.class);

  /// Adding, removing and committing; a commit must not name a place that is not indexed yet.
  private final ReentrantLock writing = new ReentrantLock();

  private volatile Optional<Gist> gist;
  private long slot;
  private int uncommitted;

  private MemoryIndex(EmbeddedStore store, Path gistFile) {
    this.store = store;
    this.gistFile = gistFile;
    this.gist = GistFile.read(gistFile);
  }

  /// Opens it and brings it up to date with the store.
  public static MemoryIndex open(Path directory, EmbeddedStore store)
      throws IOException, Unavailable {
    Files.createDirectories(directory);
    var index = new MemoryIndex(store, directory.resolve("gist.bin"));
    for (DomainId domain : DomainId.values()) {
      index.indexes.put(domain, DomainIndex.open(directory.resolve(domain.value())));
      index.generations.put(domain, new AtomicLong());
    }
    index.catchUp();
    return index;
  }

  private void catchUp() throws IOException, Unavailable {
    try {
      for (DomainId owner : DomainId.values()) {
        catchUp(owner);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void catchUp(DomainId owner) throws IOException, Unavailable {
    var domain = index(owner);
    // Placed by another gist, or by none, everything is placed anew.
    long from = domain.gist() == version() ? domain.slot() : 0;
    slot = Math.max(slot, domain.slot());
    for (int i = 0; i < Cell.COUNT; i++) {
      if (Cell.of(i).owner() == owner) {
        store.after(
            from,
            Cell.of(i),
            (place, kept) -> {
              slot = Math.max(slot, place);
              add(domain, kept.memory());
            });
      }
    }
    domain.refresh();
  }

  private void add(DomainIndex domain, Memory memory) {
    try {
      domain.add(memory, gist);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Memories that the store has kept.
  ///
  /// @param upTo the place of the newest of them
  void add(Collection<Memory> memories, long upTo) throws IOException {
    writing.lock();
    try {
      var touched = EnumSet.noneOf(DomainId.class);
      for (Memory memory : memories) {
        index(memory.cell().owner()).add(memory, gist);
        touched.add(memory.cell().owner());
      }
      slot = Math.max(slot, upTo);
      uncommitted += memories.size();
      if (uncommitted >= COMMIT_EVERY) {
        commit();
      }
      show(touched);
    } finally {
      writing.unlock();
    }
  }

  private long version() {
    return gist.map(Gist::version).orElse(0);
  }

  /// Learns anew what memories are about, and places all of them by it. Searches go on meanwhile.
  ///
  /// @return false if there are too few to learn from
  public boolean learn() throws IOException, Unavailable {
    var texts = new ArrayList<List<String>>();
    for (String text : store.sample(Gist.MOST_TEXTS)) {
      texts.add(Stems.of(text, Memory.LONGEST_CONTENT));
    }
    if (texts.size() < Gist.FEWEST_TEXTS) {
      return false;
    }
    Gist learned = Gist.learn(texts);
    writing.lock();
    try {
      GistFile.write(gistFile, learned);
      gist = Optional.of(learned);
      catchUp();
      commit();
      for (DomainId domain : DomainId.values()) {
        generation(domain).incrementAndGet();
      }
      return true;
    } finally {
      writing.unlock();
    }
  }

  /// Whether it knows what memories are about.
  public boolean isLearned() {
    return gist.isPresent();
  }

  private void show(Set<DomainId> touched) throws IOException {
    for (DomainId domain : touched) {
      index(domain).refresh();
      generation(domain).incrementAndGet();
    }
  }

  private void commit() throws IOException {
    for (DomainIndex domain : indexes.values()) {
      domain.commit(slot, version());
    }
    uncommitted = 0;
  }

  /// Removes them so that no file of the index holds them any more.
  void forget(DomainId owner, Collection<Hash> ids) throws IOException {
    writing.lock();
    try {
      index(owner).remove(ids);
      generation(owner).incrementAndGet();
      index(owner).expunge();
      generation(owner).incrementAndGet();
    } finally {
      writing.unlock();
    }
  }

  /// Makes searches as cheap as they get; after a great load.
  public void merge() throws IOException {
    writing.lock();
    try {
      for (DomainIndex domain : indexes.values()) {
        domain.merge();
        domain.refresh();
      }
      commit();
    } finally {
      writing.unlock();
    }
  }

  /// Changes with every change of these domains' memories.
  long generation(Set<DomainId> domains) {
    long all = 0;
    for (DomainId domain : domains) {
      all += generation(domain).get();
    }
    return all;
  }

  /// The best of what the grant allows, the best first.
  ///
  /// @param most at least 1
  List<Hit> search(Words words, Grant grant, int most) throws IOException {
    var owners = owners(grant);
    return with(owners, searcher -> new Search(searcher, gist, grant).best(words, most));
  }

  /// Which of these the index still knows, for the proof that it does not.
  Set<Hash> known(DomainId owner, Collection<Hash> ids) throws IOException {
    return with(EnumSet.of(owner), searcher -> Search.known(searcher, ids));
  }

  static EnumSet<DomainId> owners(Grant grant) {
    var owners = EnumSet.noneOf(DomainId.class);
    grant.cells().keySet().forEach(cell -> owners.add(cell.owner()));
    return owners;
  }

  private interface Use<T> {
    T of(IndexSearcher searcher) throws IOException;
  }

  private <T> T with(Set<DomainId> owners, Use<T> use) throws IOException {
    var held = new ArrayList<Held>(owners.size());
    try {
      for (DomainId owner : owners) {
        var domain = index(owner);
        held.add(new Held(domain, domain.acquire()));
      }
      var readers = new IndexReader[held.size()];
      for (int i = 0; i < readers.length; i++) {
        readers[i] = held.get(i).searcher().getIndexReader();
      }
      try (var all = new MultiReader(readers, false)) {
        var searcher = new IndexSearcher(all);
        searcher.setQueryCache(null);
        return use.of(searcher);
      }
    } finally {
      for (Held h : held) {
        h.index().release(h.searcher());
      }
    }
  }

  private record Held(DomainIndex index, IndexSearcher searcher) {}

  private DomainIndex index(DomainId domain) {
    return java.util.Objects.requireNonNull(indexes.get(domain));
  }

  private AtomicLong generation(DomainId domain) {
    return java.util.Objects.requireNonNull(generations.get(domain));
  }

  /// The rarest word of a query looked up alone, without a filter or a read of what was found: what
  /// no search can be quicker than, for benchmarks.
  ///
  /// @return how many were found, at most `most`
  public int floor(String query, Grant grant, int most) throws IOException {
    return with(owners(grant), searcher -> new Search(searcher, gist, grant).floor(query, most));
  }

  /// On the disk.
  public long bytes() throws IOException {
    long all = 0;
    for (DomainIndex domain : indexes.values()) {
      all += domain.bytes();
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    writing.lock();
    try {
      commit();
      for (DomainIndex domain : indexes.values()) {
        domain.close();
      }
    } finally {
      writing.unlock();
    }
  }
}

package io.grace.runtime.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/// Finds documents by their words (BM25) and by what they mean (a latent space learned from the
/// documents themselves), and says why. *Thread-safe.*
///
/// What is searched is a copy in memory whose checksums were right when it was made, so damage on
/// disk never reaches an answer: the last good state serves until [#rebuild] has put a new
/// generation in its place, in one step. Changes that come meanwhile go to both.
public final class SearchIndex implements AutoCloseable {
  /// About 200 MB in memory with texts of a paragraph each.
  public static final int MAX_DOCUMENTS = 50_000;

  public static final int MAX_HITS = 100;

  /// While it is rebuilt; a rebuild takes minutes at most.
  private static final int MAX_LATE = 20_000;

  /// The space is learned anew when there are half as many documents again.
  private static final double GROWTH = 1.5;

  private final Tuning tuning;
  private final Generations generations;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock rebuilding = new ReentrantLock();
  private volatile Generation current;
  private volatile @Nullable String damage;

  /// Guarded by `writing`.
  private boolean isClosed;

  /// What changed since a rebuild began, by id; null when none is under way. Guarded by `writing`.
  private @Nullable Map<String, Optional<Document>> late;

  private SearchIndex(
      Tuning tuning, Generations generations, Generation current, @Nullable String damage) {
    this.tuning = tuning;
    this.generations = generations;
    this.current = current;
    this.damage = damage;
  }

  /// Opens what is in a directory, or begins there. A damaged index is opened too: it is empty,
  /// says so in [#verify], and waits to be rebuilt.
  ///
  /// @throws IOException if the directory cannot be used, or another process uses it
  public static SearchIndex open(Path directory) throws IOException {
    return open(directory, Tuning.CHOSEN);
  }

  public static SearchIndex open(Path directory, Tuning tuning) throws IOException {
    var generations = new Generations(directory);
    var opened = generations.open(tuning);
    return new SearchIndex(tuning, generations, opened.generation(), opened.damage().orElse(null));
  }

  /// Found from the next [#commit] on.
  ///
  /// @throws IOException if the index is full or damaged; the message says which
  public void put(Document document) throws IOException {
    change(document.id(), Optional.of(document));
  }

  public void delete(String id) throws IOException {
    change(id, Optional.empty());
  }

  private void change(String id, Optional<Document> document) throws IOException {
    writing.lock();
    try {
      if (document.isPresent() && current.size() >= MAX_DOCUMENTS) {
        throw new IOException("the index is full: " + MAX_DOCUMENTS + " documents");
      }
      if (late != null) {
        if (late.size() >= MAX_LATE && !late.containsKey(id)) {
          throw new IOException("the index is being rebuilt and " + MAX_LATE + " changes wait");
        }
        late.put(id, document);
      }
      apply(current, id, document);
    } catch (AlreadyClosedException e) {
      throw damaged(new IOException("the index is damaged; rebuild it", e));
    } finally {
      writing.unlock();
    }
  }

  private static void apply(Generation to, String id, Optional<Document> document)
      throws IOException {
    if (document.isPresent()) {
      to.put(document.get());
    } else {
      to.delete(id);
    }
  }

  /// Makes durable and visible what changed, and learns the space anew if the documents have become
  /// many more.
  ///
  /// @throws IOException if it could not; searches then still answer from the state before
  public void commit() throws IOException {
    writing.lock();
    try {
      current.commit();
    } catch (AlreadyClosedException e) {
      throw damaged(new IOException("the index is damaged; rebuild it", e));
    } catch (IOException e) {
      throw damaged(e);
    } finally {
      writing.unlock();
    }
    if (hasGrown()) {
      rebuild(this::stored);
    }
  }

  private IOException damaged(IOException e) {
    damage = String.valueOf(e.getMessage());
    return e;
  }

  private boolean hasGrown() throws IOException {
    int size = size();
    return size >= Meaning.MIN_TEXTS
        && size > GROWTH * current.meaning().map(Meaning::texts).orElse(0)
        && !rebuilding.isLocked();
  }

  /// Documents that are found now.
  public int size() throws IOException {
    return with(Generation::size);
  }

  /// Bytes of the index in memory.
  public long bytes() throws IOException {
    return with(Generation::bytes);
  }

  /// Dimensions of the latent space; 0 while there is too little to learn from.
  public int dimensions() {
    return current.meaning().map(Meaning::dimensions).orElse(0);
  }

  /// The best first; ties by age. Only what was committed is found.
  ///
  /// @param k at most [#MAX_HITS]
  public List<Hit> search(Query query, int k) throws IOException {
    if (k < 1 || k > MAX_HITS) {
      throw new IllegalArgumentException("hits must be 1 to " + MAX_HITS + ": " + k);
    }
    return with(generation -> {
      var searcher = generation.searchers().acquire();
      try {
        return new Searching(searcher, tuning, generation.meaning()).best(query, k);
      } finally {
        generation.searchers().release(searcher);
      }
    });
  }

  private interface Asked<T> {
    T of(Generation generation) throws IOException;
  }

  /// A generation may be closed under a search when a new one takes its place: then asks that one.
  private <T> T with(Asked<T> question) throws IOException {
    while (true) {
      Generation asked = current;
      try {
        return question.of(asked);
      } catch (AlreadyClosedException e) {
        if (asked == current) {
          throw e;
        }
      }
    }
  }

  /// Compares what is on disk with what was written.
  public Soundness verify() throws IOException {
    writing.lock();
    try {
      var found = new ArrayList<>(current.damage());
      String before = damage;
      if (before != null) {
        found.add(before);
      }
      return new Soundness(found);
    } finally {
      writing.unlock();
    }
  }

  /// Builds a new generation beside the old one, which serves meanwhile, checks it, and puts it in
  /// its place.
  ///
  /// @param source all documents; gone through twice, and the same each time
  /// @throws IOException if it could not be done, or is under way already; the old one then stays
  public void rebuild(Iterable<Document> source) throws IOException {
    if (!rebuilding.tryLock()) {
      throw new IOException("the index is being rebuilt already");
    }
    try {
      writing.lock();
      late = new LinkedHashMap<>();
      writing.unlock();
      replace(Rebuild.build(generations.next(), source, tuning));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      writing.lock();
      late = null;
      writing.unlock();
      rebuilding.unlock();
    }
  }

  private void replace(Generation fresh) throws IOException {
    writing.lock();
    try {
      if (isClosed) {
        throw new IOException("the index was closed meanwhile");
      }
      for (var change : Objects.requireNonNull(late).entrySet()) {
        apply(fresh, change.getKey(), change.getValue());
      }
      fresh.commit();
      generations.makeCurrent(fresh.directory());
      Generation old = current;
      current = fresh;
      damage = null;
      old.close();
      generations.sweep(fresh.directory());
    } catch (IOException | RuntimeException e) {
      if (current != fresh) {
        fresh.close();
      }
      throw e;
    } finally {
      writing.unlock();
    }
  }

  /// All that is found now, in the order of their ids.
  public List<Document> documents() throws IOException {
    return with(generation -> {
      var searcher = generation.searchers().acquire();
      try {
        var reader = searcher.getIndexReader();
        var live = MultiBits.getLiveDocs(reader);
        var stored = reader.storedFields();
        var all = new ArrayList<Document>();
        for (int number = 0; number < reader.maxDoc(); number++) {
          if (live == null || live.get(number)) {
            all.add(Fields.read(stored, number));
          }
        }
        all.sort(Comparator.comparing(Document::id));
        return all;
      } finally {
        generation.searchers().release(searcher);
      }
    });
  }

  private Iterator<Document> stored() {
    try {
      return documents().iterator();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      isClosed = true;
      current.close();
      generations.close();
    } finally {
      writing.unlock();
    }
  }
}

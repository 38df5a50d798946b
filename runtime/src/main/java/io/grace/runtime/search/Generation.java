package io.grace.runtime.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/// One build of the index: a Lucene directory, the latent space that its vectors lie in, and the
/// copy in memory that is searched. *Writing is owned by whoever holds the index's lock; searching
/// is thread-safe.*
final class Generation implements AutoCloseable {
  private static final String SPACE = "space.bin";
  private static final int BUFFER_MB = 16;

  private final Path directory;
  private final Tuning tuning;
  private final @Nullable Meaning meaning;
  private final FSDirectory disk;
  private final IndexWriter writer;
  private final Mirror mirror;
  private final SearcherManager searchers;

  private Generation(
      Path directory,
      Tuning tuning,
      @Nullable Meaning meaning,
      FSDirectory disk,
      IndexWriter writer,
      Mirror mirror,
      SearcherManager searchers) {
    this.directory = directory;
    this.tuning = tuning;
    this.meaning = meaning;
    this.disk = disk;
    this.writer = writer;
    this.mirror = mirror;
    this.searchers = searchers;
  }

  /// @param directory empty, or not there yet
  /// @param meaning null where there is too little to learn from
  static Generation begin(Path directory, Tuning tuning, @Nullable Meaning meaning)
      throws IOException {
    Files.createDirectories(directory);
    if (meaning != null) {
      meaning.save(directory.resolve(SPACE));
    }
    return open(directory, tuning, meaning);
  }

  /// @throws IOException if it is damaged, or another process has it
  static Generation open(Path directory, Tuning tuning) throws IOException {
    Path space = directory.resolve(SPACE);
    return open(directory, tuning, Files.exists(space) ? Meaning.load(space) : null);
  }

  private static Generation open(Path directory, Tuning tuning, @Nullable Meaning meaning)
      throws IOException {
    var disk = FSDirectory.open(directory.resolve("lucene"));
    IndexWriter writer = null;
    try {
      var config = new IndexWriterConfig(Words.ANALYZER);
      config.setSimilarity(similarity(tuning));
      config.setRAMBufferSizeMB(BUFFER_MB);
      // Merges run where documents are put, so that no thread outlives its caller.
      config.setMergeScheduler(new SerialMergeScheduler());
      config.setCommitOnClose(false);
      writer = new IndexWriter(disk, config);
      writer.commit();
      var mirror = new Mirror(disk);
      mirror.follow();
      var searchers = new SearcherManager(mirror.memory(), null);
      return new Generation(directory, tuning, meaning, disk, writer, mirror, searchers);
    } catch (IOException | RuntimeException e) {
      if (writer != null) {
        rollback(writer, e);
      }
      disk.close();
      // Lucene trips over garbage in many ways.
      throw e instanceof IOException told ? told : new IOException("damaged: " + e, e);
    }
  }

  private static void rollback(IndexWriter writer, Exception because) {
    try {
      writer.rollback();
    } catch (IOException | RuntimeException e) {
      because.addSuppressed(e);
    }
  }

  static BM25Similarity similarity(Tuning tuning) {
    return new BM25Similarity(tuning.k1(), tuning.b());
  }

  Path directory() {
    return directory;
  }

  Optional<Meaning> meaning() {
    return Optional.ofNullable(meaning);
  }

  SearcherManager searchers() {
    return searchers;
  }

  void put(Document document) throws IOException {
    var fields = new org.apache.lucene.document.Document();
    fields.add(new StringField(Fields.ID, document.id(), Field.Store.YES));
    fields.add(new TextField(Fields.TITLE, document.title(), Field.Store.YES));
    fields.add(new StoredField(Fields.TEXT, document.text()));
    String all = Fields.all(document);
    fields.add(new TextField(Fields.ALL, all, Field.Store.NO));
    document
        .labels()
        .forEach((name, values) ->
            values.forEach(value ->
                fields.add(
                    new StringField(Fields.LABEL, Fields.label(name, value), Field.Store.YES))));
    if (meaning != null) {
      float[] place = meaning.place(Words.of(all), tuning);
      if (!isNowhere(place)) {
        fields.add(
            new KnnFloatVectorField(Fields.PLACE, place, VectorSimilarityFunction.DOT_PRODUCT));
      }
    }
    writer.updateDocument(new Term(Fields.ID, document.id()), fields);
  }

  static boolean isNowhere(float[] place) {
    for (float x : place) {
      if (x != 0) {
        return false;
      }
    }
    return true;
  }

  void delete(String id) throws IOException {
    writer.deleteDocuments(new Term(Fields.ID, id));
  }

  /// Makes durable and visible what was put and deleted.
  void commit() throws IOException {
    writer.commit();
    mirror.follow();
    searchers.maybeRefreshBlocking();
  }

  int size() throws IOException {
    var searcher = searchers.acquire();
    try {
      return searcher.getIndexReader().numDocs();
    } finally {
      searchers.release(searcher);
    }
  }

  /// Bytes in memory, about as many as on disk.
  long bytes() throws IOException {
    long sum = 0;
    for (String file : mirror.memory().listAll()) {
      sum += mirror.memory().fileLength(file);
    }
    return sum;
  }

  /// What is wrong on disk; empty if nothing is.
  List<String> damage() throws IOException {
    var damage = new ArrayList<>(mirror.damage());
    if (meaning != null) {
      try {
        Meaning.load(directory.resolve(SPACE));
      } catch (IOException e) {
        damage.add("latent space: " + e.getMessage());
      }
    }
    return damage;
  }

  /// Looks at every structure of the index, beyond checksums.
  ///
  /// @throws CorruptIndexException if any is inconsistent
  void prove() throws IOException {
    try (var check = new CheckIndex(mirror.memory())) {
      check.setLevel(CheckIndex.Level.MIN_LEVEL_FOR_INTEGRITY_CHECKS);
      check.setThreadCount(1);
      if (!check.checkIndex().clean) {
        throw new CorruptIndexException("the check finds it inconsistent", directory.toString());
      }
    }
  }

  @Override
  public void close() {
    try {
      searchers.close();
      // Everything worth keeping was committed; a damaged writer could not commit anyway.
      writer.rollback();
      disk.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.grace.runtime.memory;

import io.grace.core.memory.Memory;
import io.grace.core.model.Hash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

/// The words of one domain's memories. *Thread-safe.*
///
/// A domain has an index of its own, so that a search touches only what its grant names, and the
/// rarity of a word tells nothing of memories that the reader may not see.
final class DomainIndex implements AutoCloseable {
  static final String ID = "id";
  static final String CELL = "cell";
  static final String AT = "at";
  static final String EXPIRES = "expires";
  static final String TEXT = "text";
  static final String REGION = "region";
  static final String ROW = "row";

  /// Up to which place of the store everything is indexed.
  private static final String SLOT = "slot";

  /// By which [Gist] everything is placed.
  private static final String GIST = "gist";

  /// Ten of them must fit beside everything else that a small server holds.
  private static final double BUFFER_MB = 8;

  /// Fewer segments make a search cheaper and keeping dearer.
  private static final double SEGMENTS_PER_TIER = 4;

  /// How often a word is in a memory, and not where: nobody asks for phrases.
  private static final FieldType WORDS = words();

  /// One does, unless merges of the ordinary kind get in the way.
  private static final int EXPUNGES = 10;

  private final MMapDirectory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;

  private DomainIndex(MMapDirectory directory, IndexWriter writer) throws IOException {
    this.directory = directory;
    this.writer = writer;
    this.searchers = new SearcherManager(writer, new SearcherFactory());
  }

  private static FieldType words() {
    var type = new FieldType();
    type.setTokenized(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    return type;
  }

  static DomainIndex open(Path path) throws IOException {
    var directory = new MMapDirectory(path);
    var merges = new TieredMergePolicy();
    merges.setSegmentsPerTier(SEGMENTS_PER_TIER);
    merges.setForceMergeDeletesPctAllowed(0); // What is forgotten must leave its segment.
    var config = new IndexWriterConfig(Stems.ANALYZER);
    config.setMergePolicy(merges);
    config.setRAMBufferSizeMB(BUFFER_MB);
    config.setUseCompoundFile(false);
    return new DomainIndex(directory, new IndexWriter(directory, config));
  }

  /// From where the store must be read to know everything; 0 if the index is new.
  long slot() {
    return committed(SLOT);
  }

  /// The version of the gist that places everything in here; 0 for none.
  long gist() {
    return committed(GIST);
  }

  private long committed(String name) {
    var data = writer.getLiveCommitData();
    if (data != null) {
      for (var entry : data) {
        if (entry.getKey().equals(name)) {
          return Long.parseLong(entry.getValue());
        }
      }
    }
    return 0;
  }

  void add(Memory memory, Optional<Gist> gist) throws IOException {
    var document = new Document();
    var id = new BytesRef(memory.id().bytes());
    document.add(new StringField(ID, id, Field.Store.NO));
    document.add(new NumericDocValuesField(CELL, memory.cell().index()));
    document.add(new NumericDocValuesField(AT, Row.micros(memory.at())));
    document.add(
        new NumericDocValuesField(
            EXPIRES, memory.expires().map(Row::micros).orElse(Long.MAX_VALUE)));
    document.add(new Field(TEXT, memory.content(), WORDS));
    float[] place = new float[Gist.DIMENSIONS];
    if (gist.isPresent()) {
      place = gist.get().place(Stems.of(memory.content(), Memory.LONGEST_CONTENT));
      if (!Gist.isNowhere(place)) {
        document.add(new StringField(REGION, gist.get().region(place), Field.Store.NO));
      }
    }
    int version = gist.map(Gist::version).orElse(0);
    document.add(new BinaryDocValuesField(ROW, Hit.bytes(memory, version, place)));
    writer.updateDocument(new Term(ID, id), document);
  }

  void remove(Collection<Hash> ids) throws IOException {
    Term[] terms =
        ids.stream().map(id -> new Term(ID, new BytesRef(id.bytes()))).toArray(Term[]::new);
    writer.deleteDocuments(terms);
  }

  /// Makes what was added and removed visible.
  void refresh() throws IOException {
    searchers.maybeRefreshBlocking();
  }

  /// Writes every segment anew that holds something removed, and lets go of the old files.
  ///
  /// @throws IOException also if a segment with something removed is left
  void expunge() throws IOException {
    // What was removed is only marked in its segments by a commit; before, none has to be
    // rewritten.
    writer.commit();
    refresh();
    for (int i = 0; hasRemoved(); i++) {
      if (i == EXPUNGES) {
        throw new IOException("segments with what was removed are still there");
      }
      writer.forceMergeDeletes(true);
      writer.commit();
      refresh();
    }
    writer.deleteUnusedFiles();
  }

  private boolean hasRemoved() throws IOException {
    var searcher = acquire();
    try {
      return searcher.getIndexReader().hasDeletions();
    } finally {
      release(searcher);
    }
  }

  /// Makes one segment of all, which is worth its cost after much was added.
  void merge() throws IOException {
    writer.forceMerge(1);
  }

  /// @param slot up to which place of the store everything is in here
  /// @param gist the version that places everything; 0 for none
  void commit(long slot, long gist) throws IOException {
    writer.setLiveCommitData(
        Map.of(SLOT, Long.toString(slot), GIST, Long.toString(gist)).entrySet());
    writer.commit();
  }

  IndexSearcher acquire() throws IOException {
    return searchers.acquire();
  }

  void release(IndexSearcher searcher) throws IOException {
    searchers.release(searcher);
  }

  long bytes() throws IOException {
    long all = 0;
    for (String file : directory.listAll()) {
      all += directory.fileLength(file);
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    searchers.close();
    writer.close();
    directory.close();
  }
}

package io.grace.runtime.memory;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;

/// Looks up the lists of one field's words: one cursor in each segment serves all words of a
/// search, where Lucene would make one for each word. *Owned by one thread.*
final class Lookup {
  private final IndexSearcher searcher;
  private final List<LeafReaderContext> leaves;
  private final TermsEnum[] cursors;

  Lookup(IndexSearcher searcher, String field) throws IOException {
    this.searcher = searcher;
    this.leaves = searcher.getIndexReader().leaves();
    this.cursors = new TermsEnum[leaves.size()];
    for (int i = 0; i < cursors.length; i++) {
      Terms terms = leaves.get(i).reader().terms(field);
      cursors[i] = terms == null ? TermsEnum.EMPTY : terms.iterator();
    }
  }

  /// Where the lists of a word begin, and how long they are together; 0 if nobody has it.
  TermStates find(String word) throws IOException {
    var text = new BytesRef(word);
    var states = new TermStates(searcher.getTopReaderContext());
    for (int i = 0; i < cursors.length; i++) {
      TermsEnum cursor = cursors[i];
      if (cursor.seekExact(text)) {
        states.register(
            cursor.termState(), leaves.get(i).ord, cursor.docFreq(), cursor.totalTermFreq());
      }
    }
    return states;
  }

  /// Told of the list of a word in one segment.
  interface Each {
    void accept(LeafReaderContext leaf, PostingsEnum list) throws IOException;
  }

  /// Reads the lists of a word that was found.
  void read(String word, TermStates states, Each each) throws IOException {
    var text = new BytesRef(word);
    for (int i = 0; i < cursors.length; i++) {
      var state = states.get(leaves.get(i));
      if (state != null) {
        cursors[i].seekExact(text, state.get());
        each.accept(leaves.get(i), cursors[i].postings(null, PostingsEnum.NONE));
      }
    }
  }
}

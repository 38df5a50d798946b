package io.grace.runtime.memory;

import io.grace.core.memory.Grant;
import io.grace.core.model.Hash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.util.BytesRef;

/// One search by words: BM25 over the few words that tell most (Robertson, Zaragoza: The
/// Probabilistic Relevance Framework, 2009), skipping what cannot get among the best (Ding, Suel:
/// Faster Top-k Document Retrieval Using Block-Max Indexes, 2011).
final class Search {
  /// The rarest words of a query decide; each further one costs a list to walk.
  private static final int MOST_TERMS = 6;

  private static final int LONGEST_QUERY_TERMS = 64;

  /// A word in more than this share of memories tells next to nothing beside rarer ones.
  private static final double COMMON = 0.03;

  private static final int RARE_ENOUGH = 2;

  private final IndexSearcher searcher;
  private final Analyzer analyzer;
  private final Grant grant;

  Search(IndexSearcher searcher, Analyzer analyzer, Grant grant) {
    this.searcher = searcher;
    this.analyzer = analyzer;
    this.grant = grant;
  }

  List<Hit> best(Words words, int most) throws IOException {
    var terms = informative(terms(words.query()));
    if (terms.isEmpty()) {
      return List.of();
    }
    var query = new BooleanQuery.Builder();
    for (Rated term : terms) {
      query.add(new TermQuery(term.term(), term.states()), Occur.SHOULD);
    }
    // Hits are not counted, so that whatever cannot get among the best is skipped.
    var best = new TopScoreDocCollectorManager(most, null, most);
    var top = searcher.search(query.build(), new Sieve(best, grant, words));
    return rows(top.scoreDocs);
  }

  private Set<String> terms(String query) throws IOException {
    var terms = new LinkedHashSet<String>();
    try (var stream = analyzer.tokenStream(DomainIndex.TEXT, query)) {
      var text = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken() && terms.size() < LONGEST_QUERY_TERMS) {
        terms.add(text.toString());
      }
      stream.end();
    }
    return terms;
  }

  private record Rated(Term term, TermStates states, int count) {}

  private List<Rated> informative(Set<String> words) throws IOException {
    var all = new ArrayList<Rated>();
    for (String word : words) {
      var term = new Term(DomainIndex.TEXT, word);
      var states = TermStates.build(searcher, term, true);
      if (states.docFreq() > 0) {
        all.add(new Rated(term, states, states.docFreq()));
      }
    }
    all.sort(Comparator.comparingInt(Rated::count).thenComparing(r -> r.term().text()));
    int common = (int) (COMMON * searcher.getIndexReader().maxDoc());
    var chosen = new ArrayList<Rated>();
    for (Rated term : all) {
      boolean isWorth = chosen.size() < RARE_ENOUGH || term.count() <= common;
      if (chosen.size() < MOST_TERMS && isWorth) {
        chosen.add(term);
      }
    }
    return chosen;
  }

  private List<Hit> rows(ScoreDoc[] found) throws IOException {
    var hits = new ArrayList<Hit>(found.length);
    var leaves = searcher.getIndexReader().leaves();
    var open = new BinaryDocValues[leaves.size()];
    var inOrder = found.clone();
    java.util.Arrays.sort(inOrder, Comparator.comparingInt(d -> d.doc));
    for (ScoreDoc doc : inOrder) {
      int number = ReaderUtil.subIndex(doc.doc, leaves);
      LeafReaderContext leaf = leaves.get(number);
      var values = open[number];
      if (values == null) {
        values = DocValues.getBinary(leaf.reader(), DomainIndex.ROW);
        open[number] = values;
      }
      if (values.advanceExact(doc.doc - leaf.docBase)) {
        hits.add(Hit.of(values.binaryValue(), doc.score));
      }
    }
    hits.sort(Comparator.comparingDouble(Hit::relevance).reversed().thenComparing(Hit::id));
    return hits;
  }

  static Set<Hash> known(IndexSearcher searcher, Collection<Hash> ids) throws IOException {
    var known = new HashSet<Hash>();
    for (Hash id : ids) {
      var query = new TermQuery(new Term(DomainIndex.ID, new BytesRef(id.bytes())));
      if (searcher.count(query) > 0) {
        known.add(id);
      }
    }
    return known;
  }

  int floor(String query, int most) throws IOException {
    var terms = informative(terms(query));
    return terms.isEmpty()
        ? 0
        : searcher
            .search(
                new TermQuery(terms.getFirst().term(), terms.getFirst().states()),
                new TopScoreDocCollectorManager(most, null, most))
            .scoreDocs
            .length;
  }
}

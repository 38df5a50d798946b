package io.grace.runtime.memory;

import io.grace.core.memory.Grant;
import io.grace.core.model.Hash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private static final int MOST_TERMS = 4;

  private static final int LONGEST_QUERY_TERMS = 64;

  /// A word in more than this share of memories tells next to nothing beside rarer ones.
  private static final double COMMON = 0.02;

  private static final int RARE_ENOUGH = 2;

  /// Regions are looked into until so many memories were compared, or so many regions.
  private static final int COMPARED = 400;

  private static final int MOST_REGIONS = 24;

  private final IndexSearcher searcher;
  private final Optional<Gist> gist;
  private final Grant grant;

  /// @param gist what memories are about, if that is learned
  Search(IndexSearcher searcher, Optional<Gist> gist, Grant grant) {
    this.searcher = searcher;
    this.gist = gist;
    this.grant = grant;
  }

  /// The best by words, and the nearest by meaning, each at most so many.
  List<Hit> best(Words words, int most) throws IOException {
    var stems = Stems.of(words.query(), LONGEST_QUERY_TERMS);
    var place = place(stems);
    var found = new LinkedHashMap<Hash, Hit>();
    for (Hit hit : byWords(stems, words, place, most)) {
      found.put(hit.id(), hit);
    }
    for (Hit hit : byMeaning(words, place, most)) {
      found.putIfAbsent(hit.id(), hit);
    }
    return List.copyOf(found.values());
  }

  /// Where the query lies.
  ///
  /// @param where all zero if that is not known
  private record Place(int version, float[] where) {
    boolean isKnown() {
      return !Gist.isNowhere(where);
    }
  }

  private Place place(List<String> stems) {
    return gist.map(g -> new Place(g.version(), g.place(stems)))
        .orElseGet(() -> new Place(0, new float[Gist.DIMENSIONS]));
  }

  private List<Hit> byWords(List<String> stems, Words words, Place place, int most)
      throws IOException {
    var terms = informative(new LinkedHashSet<>(stems));
    if (terms.isEmpty()) {
      return List.of();
    }
    var query = new BooleanQuery.Builder();
    for (Rated term : terms) {
      query.add(new TermQuery(term.term(), term.states()), Occur.SHOULD);
    }
    // Hits are not counted, so that whatever cannot get among the best is skipped.
    var best = new TopScoreDocCollectorManager(most, null, most);
    var sieve = new Sieve(best, new Allowed(grant, words));
    return rows(searcher.search(query.build(), sieve).scoreDocs, place);
  }

  private List<Hit> byMeaning(Words words, Place place, int most) throws IOException {
    if (gist.isEmpty() || !place.isKnown()) {
      return List.of();
    }
    var nearest = new Nearest(new Allowed(grant, words), place.version(), place.where(), most);
    var lookup = new Lookup(searcher, DomainIndex.REGION);
    int compared = 0;
    for (String region : gist.get().nearest(place.where(), MOST_REGIONS)) {
      var states = lookup.find(region);
      if (compared > 0 && compared + states.docFreq() > COMPARED) {
        break;
      }
      lookup.read(region, states, nearest::look);
      compared += states.docFreq();
    }
    return nearest.hits();
  }

  private record Rated(Term term, TermStates states, int count) {}

  private List<Rated> informative(Set<String> words) throws IOException {
    var lookup = new Lookup(searcher, DomainIndex.TEXT);
    var all = new ArrayList<Rated>();
    for (String word : words) {
      var states = lookup.find(word);
      if (states.docFreq() > 0) {
        all.add(new Rated(new Term(DomainIndex.TEXT, word), states, states.docFreq()));
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

  private List<Hit> rows(ScoreDoc[] found, Place place) throws IOException {
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
        var row = values.binaryValue();
        double meaning = place.isKnown() ? Hit.closeness(row, place.version(), place.where()) : 0;
        hits.add(Hit.of(row, doc.score, meaning));
      }
    }
    hits.sort(Comparator.comparingDouble(Hit::words).reversed().thenComparing(Hit::id));
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
    var terms = informative(new LinkedHashSet<>(Stems.of(query, LONGEST_QUERY_TERMS)));
    return terms.isEmpty()
        ? 0
        : searcher.search(
                new TermQuery(terms.getFirst().term(), terms.getFirst().states()),
                new TopScoreDocCollectorManager(most, null, most))
            .scoreDocs
            .length;
  }
}

package io.grace.runtime.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/// One question put to one searcher: candidates by words and by meaning, then both together.
///
/// The scores are joined after each was made comparable: BM25 as a share of the best in this
/// answer, the cosine as it is and never below 0. (Bruch, Gai, Ingber, *An Analysis of Fusion
/// Functions for Hybrid Retrieval*, TOIS 42(1), 2023, find such a convex combination better than
/// reciprocal ranks, and its weight easy to choose from few judgements.)
final class Searching {
  /// Per way; ten times what anyone reads.
  private static final int CANDIDATES = 100;

  private static final int MAX_WORDS = 64;

  private final IndexSearcher searcher;
  private final Tuning tuning;
  private final @Nullable Meaning meaning;

  Searching(IndexSearcher searcher, Tuning tuning, Optional<Meaning> meaning) {
    this.searcher = searcher;
    this.tuning = tuning;
    this.meaning = meaning.orElse(null);
    searcher.setSimilarity(Generation.similarity(tuning));
  }

  List<Hit> best(Query query, int k) throws IOException {
    List<String> words = Words.of(query.text()).stream().limit(MAX_WORDS).toList();
    var filter = filter(query.where());
    ScoreDoc[] byWords = query.by() == Query.By.MEANING ? new ScoreDoc[0] : byWords(words, filter);
    ScoreDoc[] byMeaning =
        query.by() == Query.By.WORDS ? new ScoreDoc[0] : byMeaning(words, filter);
    double share =
        switch (query.by()) {
          case WORDS -> 0;
          case MEANING -> 1;
          case BOTH -> byMeaning.length == 0 ? 0 : tuning.meaningShare();
        };
    var hits = new ArrayList<Hit>();
    for (Scored scored : joined(byWords, byMeaning, share, k)) {
      Document document = Fields.read(searcher.storedFields(), scored.number);
      hits.add(new Hit(document, Math.clamp(scored.score, 0, 1), scored.why(words, document)));
    }
    return List.copyOf(hits);
  }

  private ScoreDoc[] byWords(List<String> words, @Nullable BooleanQuery filter) throws IOException {
    var any = new BooleanQuery.Builder();
    for (String word : new LinkedHashSet<>(words)) {
      any.add(new TermQuery(new Term(Fields.ALL, word)), Occur.SHOULD);
      if (tuning.titleBoost() > 0) {
        any.add(
            new BoostQuery(new TermQuery(new Term(Fields.TITLE, word)), tuning.titleBoost()),
            Occur.SHOULD);
      }
    }
    any.setMinimumNumberShouldMatch(1);
    if (filter != null) {
      any.add(filter, Occur.FILTER);
    }
    return words.isEmpty() ? new ScoreDoc[0] : searcher.search(any.build(), CANDIDATES).scoreDocs;
  }

  private ScoreDoc[] byMeaning(List<String> words, @Nullable BooleanQuery filter)
      throws IOException {
    if (meaning == null) {
      return new ScoreDoc[0];
    }
    float[] place = meaning.place(words, tuning);
    return Generation.isNowhere(place)
        ? new ScoreDoc[0]
        : searcher.search(
                new KnnFloatVectorQuery(Fields.PLACE, place, CANDIDATES, filter), CANDIDATES)
            .scoreDocs;
  }

  private static @Nullable BooleanQuery filter(Map<String, Set<String>> where) {
    if (where.isEmpty()) {
      return null;
    }
    var all = new BooleanQuery.Builder();
    where.forEach((name, values) -> {
      var one = new BooleanQuery.Builder();
      values.forEach(value ->
          one.add(new TermQuery(new Term(Fields.LABEL, Fields.label(name, value))), Occur.SHOULD));
      all.add(
          values.isEmpty() ? new MatchNoDocsQuery("no value is wanted") : one.build(),
          Occur.FILTER);
    });
    return all.build();
  }

  /// One candidate while it is being scored. *Owned by the thread that searches.*
  private static final class Scored {
    private final int number;
    private int byWords;
    private double bm25;
    private int byMeaning;
    private double cosine;
    private double score;

    Scored(int number) {
      this.number = number;
    }

    Hit.Why why(List<String> words, Document document) {
      var shared = new LinkedHashSet<>(words);
      shared.retainAll(Set.copyOf(Words.of(Fields.all(document))));
      return new Hit.Why(place(byWords), bm25, place(byMeaning), cosine, List.copyOf(shared));
    }

    private static OptionalInt place(int place) {
      return place == 0 ? OptionalInt.empty() : OptionalInt.of(place);
    }
  }

  private static List<Scored> joined(
      ScoreDoc[] byWords, ScoreDoc[] byMeaning, double share, int k) {
    var all = new HashMap<Integer, Scored>();
    for (int i = 0; i < byWords.length; i++) {
      Scored scored = all.computeIfAbsent(byWords[i].doc, Scored::new);
      scored.byWords = i + 1;
      scored.bm25 = byWords[i].score;
    }
    for (int i = 0; i < byMeaning.length; i++) {
      Scored scored = all.computeIfAbsent(byMeaning[i].doc, Scored::new);
      scored.byMeaning = i + 1;
      // Lucene tells (1 + cosine) / 2.
      scored.cosine = 2 * byMeaning[i].score - 1;
    }
    double most = byWords.length == 0 ? 1 : byWords[0].score;
    for (Scored scored : all.values()) {
      scored.score = (1 - share) * scored.bm25 / most + share * Math.max(0, scored.cosine);
    }
    return all.values().stream()
        .filter(scored -> scored.score > 0)
        .sorted(Comparator.comparingDouble((Scored s) -> -s.score).thenComparingInt(s -> s.number))
        .limit(k)
        .toList();
  }
}

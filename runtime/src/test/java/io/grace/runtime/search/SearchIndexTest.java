package io.grace.runtime.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.runtime.search.Query.By;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchIndexTest {
  @TempDir Path directory;

  private SearchIndex filled() throws IOException {
    var index = SearchIndex.open(directory);
    for (Document document : Corpus.of()) {
      index.put(document);
    }
    index.commit();
    return index;
  }

  private static List<String> ids(SearchIndex index, Query query) throws IOException {
    return index.search(query, 10).stream().map(hit -> hit.document().id()).toList();
  }

  @Test
  void nameOfAMetricIsFoundByItsPartsAndAsAWhole() throws IOException {
    try (var index = SearchIndex.open(directory)) {
      index.put(Corpus.document("a", "watch hikaricp_connections_pending closely"));
      index.put(Corpus.document("b", "nothing of it"));
      index.commit();

      assertEquals(List.of("a"), ids(index, Query.of("pending connection")));
      assertEquals(List.of("a"), ids(index, Query.of("hikaricp_connections_pending")));
    }
  }

  @Test
  void nothingIsFoundBeforeItIsCommitted() throws IOException {
    try (var index = SearchIndex.open(directory)) {
      index.put(Corpus.document("a", "certificate"));

      assertEquals(List.of(), ids(index, Query.of("certificate")));
    }
  }

  @Test
  void laterDocumentTakesThePlaceOfTheEarlierAndADeletedOneIsGone() throws IOException {
    try (var index = SearchIndex.open(directory)) {
      index.put(Corpus.document("a", "certificate"));
      index.put(Corpus.document("b", "certificate"));
      index.commit();

      index.put(Corpus.document("a", "replica"));
      index.delete("b");
      index.commit();

      assertEquals(List.of(), ids(index, Query.of("certificate")));
      assertEquals(List.of("a"), ids(index, Query.of("replica")));
      assertEquals(1, index.size());
    }
  }

  @Test
  void whatWasCommittedIsThereAfterARestart() throws IOException {
    filled().close();

    try (var index = SearchIndex.open(directory)) {
      assertEquals(30, index.size());
      assertTrue(index.dimensions() > 0);
      assertTrue(index.verify().isSound(), index.verify().toString());
      assertFalse(index.search(new Query("borrowed", Map.of(), By.MEANING), 5).isEmpty());
    }
  }

  @Test
  void byMeaningTextsAreFoundThatDoNotHoldTheWord() throws IOException {
    try (var index = filled()) {
      var words = index.search(new Query("borrowed", Map.of(), By.WORDS), 10);
      var meaning = index.search(new Query("borrowed", Map.of(), By.MEANING), 6);

      assertTrue(words.size() < 6);
      assertTrue(meaning.stream().allMatch(hit -> hit.document().id().startsWith("t0-")));
      assertTrue(meaning.stream().anyMatch(hit -> hit.why().shared().isEmpty()));
    }
  }

  @Test
  void eachHitSaysWhy() throws IOException {
    try (var index = filled()) {
      Hit first = index.search(Query.of("chain expired"), 1).getFirst();

      assertEquals(List.of("chain", "expir"), first.why().shared());
      assertEquals(1, first.why().byWords().orElseThrow());
      assertTrue(first.why().bm25() > 0 && first.why().cosine() > 0.5);
      assertTrue(first.why().told().startsWith("shares chain, expir (no. 1 by words, BM25 "));
    }
  }

  @Test
  void labelsBoundWhatIsFoundByWordsAndByMeaning() throws IOException {
    try (var index = filled()) {
      for (By by : By.values()) {
        var query =
            new Query("replica lag partition", Map.of(), by)
                .where("reader", Set.of("r1", "r2"))
                .where("topic", Set.of("2"));

        var found = Set.copyOf(ids(index, query));

        assertEquals(Set.of("t2-1", "t2-2"), found, by.name());
      }
    }
  }

  @Test
  void noValueWantedFindsNothing() throws IOException {
    try (var index = filled()) {
      assertEquals(List.of(), ids(index, Query.of("replica").where("reader", Set.of())));
    }
  }

  @Test
  void answersDoNotDependOnTheOrderInWhichDocumentsCame(@TempDir Path other) throws IOException {
    var shuffled = new ArrayList<>(Corpus.of());
    Collections.shuffle(shuffled, new Random(3));
    try (var one = SearchIndex.open(directory);
        var two = SearchIndex.open(other)) {
      one.rebuild(Corpus.of());
      for (Document document : shuffled) {
        two.put(document);
      }
      two.commit();
      two.rebuild(two.documents());

      assertEquals(
          one.search(Query.of("volume offset"), 10).stream().map(Hit::score).toList(),
          two.search(Query.of("volume offset"), 10).stream().map(Hit::score).toList());
    }
  }

  @Test
  void spaceIsLearnedAnewWhenDocumentsHaveBecomeManyMore() throws IOException {
    try (var index = SearchIndex.open(directory)) {
      for (Document document : Corpus.of().subList(0, 10)) {
        index.put(document);
      }
      index.commit();
      assertEquals(0, index.dimensions());

      for (Document document : Corpus.of()) {
        index.put(document);
      }
      index.commit();

      assertTrue(index.dimensions() > 0);
      assertEquals(30, index.size());
    }
  }

  @Test
  void questionsInAnyTextAreAnswered() throws IOException {
    try (var index = filled()) {
      for (String text :
          List.of("", " ", "the of", "*:*", "((", "a AND", "\u0000", "x".repeat(5000), "日本語")) {
        assertTrue(index.search(Query.of(text), 3).size() <= 3);
      }
    }
  }

  @Test
  void tooLargeADocumentIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Corpus.document("a", "x".repeat(Document.MAX_TEXT + 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Document("a", "", "", Map.of("a=b", Set.of("c"))));
  }

  @Test
  void oneDirectoryIsOpenOnceOnly() throws IOException {
    try (var index = filled()) {
      var refused = assertThrows(IOException.class, () -> SearchIndex.open(directory));

      assertTrue(String.valueOf(refused.getMessage()).contains("is open already"));
      assertEquals(30, index.size());
    }
  }
}

package io.grace.runtime.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Texts in which words keep company.
final class Corpus {
  private static final List<String> TOPICS =
      List.of(
          "pool connection session transaction borrowed",
          "certificate chain renewal expired handshake",
          "replica standby lag follower replay",
          "disk volume partition full truncate",
          "consumer backlog offset topic partition");

  private Corpus() {}

  static Document document(String id, String text) {
    return new Document(id, "Notes", text, Map.of());
  }

  /// Six of each topic, each with two of its words left out and a number of its own.
  static List<Document> of() {
    var all = new ArrayList<Document>();
    for (int topic = 0; topic < TOPICS.size(); topic++) {
      List<String> words = List.of(TOPICS.get(topic).split(" "));
      for (int i = 0; i < 6; i++) {
        int left = i;
        List<String> kept =
            IntStream.range(0, words.size())
                .filter(w -> w != left % words.size() && w != (left + 2) % words.size())
                .mapToObj(words::get)
                .toList();
        all.add(
            new Document(
                "t" + topic + "-" + i,
                "Topic " + topic,
                String.join(" ", kept) + " case" + i,
                Map.of("topic", Set.of("" + topic), "reader", Set.of("all", "r" + i))));
      }
    }
    return all;
  }
}

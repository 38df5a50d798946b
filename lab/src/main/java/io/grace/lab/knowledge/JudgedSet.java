package io.grace.lab.knowledge;

import io.grace.runtime.search.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Passages and questions about them, with what people judged to answer them. The judgements were
/// written before any result was seen. *Immutable.*
public record JudgedSet(List<Document> passages, List<Question> questions) {
  /// @param grades 0 to 3, by passage; what is missing is 0
  public record Question(String id, String text, Map<String, Integer> grades) {
    /// Even numbers are never looked at when something is chosen.
    boolean isForTest() {
      return Integer.parseInt(id.substring(1)) % 2 == 0;
    }
  }

  public static JudgedSet load() {
    var passages = new ArrayList<Document>();
    for (String block : blocks("passages.txt")) {
      String[] lines = block.split("\n", 3);
      passages.add(new Document(lines[0], lines[1], lines[2], Map.of()));
    }
    var questions = new ArrayList<Question>();
    for (String block : blocks("queries.txt")) {
      String[] lines = block.split("\n", 3);
      var grades = new HashMap<String, Integer>();
      for (String pair : lines[2].strip().split(", ")) {
        String[] judged = pair.split(" ");
        grades.put(judged[0], Integer.valueOf(judged[1]));
      }
      questions.add(new Question(lines[0], lines[1], Map.copyOf(grades)));
    }
    return new JudgedSet(List.copyOf(passages), List.copyOf(questions));
  }

  private static List<String> blocks(String file) {
    try (var in = JudgedSet.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no " + file + " beside " + JudgedSet.class.getName());
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .reduce("", (a, b) -> a + "\n" + b)
          .strip()
          .transform(all -> List.of(all.split("\n\n+")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

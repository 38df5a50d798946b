package io.grace.domains.knowledge;

import io.grace.domains.knowledge.reading.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A piece of a document that can be read by itself. *Immutable.*
///
/// @param id of the document, `#`, and its number
/// @param heading the title and the headings above it
/// @param copyOf another passage that says the same, so that this one is not shown
public record Passage(String id, String heading, String text, Optional<String> copyOf) {
  /// About a screen.
  private static final int LONGEST = 1_200;

  private static final int MAX_PASSAGES = 500;
  private static final int LONGEST_HEADING = 400;

  Passage asCopyOf(Optional<String> other) {
    return new Passage(id, heading, text, other);
  }

  /// Cuts between paragraphs where that is possible, and never across headings.
  static List<Passage> of(String document, Text text) {
    var passages = new ArrayList<Passage>();
    for (Text.Section section : text.sections()) {
      String heading = heading(text.title(), section.path());
      var piece = new StringBuilder();
      for (String part : parts(section.text())) {
        if (!piece.isEmpty() && piece.length() + part.length() > LONGEST) {
          add(passages, document, heading, piece);
        }
        piece.append(part).append('\n');
      }
      add(passages, document, heading, piece);
    }
    return List.copyOf(passages);
  }

  private static void add(
      List<Passage> passages, String document, String heading, StringBuilder piece) {
    String text = piece.toString().strip();
    piece.setLength(0);
    if (!text.isEmpty() && passages.size() < MAX_PASSAGES) {
      passages.add(new Passage(document + "#" + passages.size(), heading, text, Optional.empty()));
    }
  }

  private static String heading(String title, List<String> path) {
    var all = new ArrayList<>(path);
    if (!title.isBlank() && (all.isEmpty() || !all.getFirst().equals(title))) {
      all.addFirst(title);
    }
    String heading = String.join(" > ", all);
    return heading.substring(0, Math.min(heading.length(), LONGEST_HEADING));
  }

  /// Paragraphs; one that is too long is cut after a sentence, else at a space, else anywhere.
  private static List<String> parts(String text) {
    var parts = new ArrayList<String>();
    for (String paragraph : text.split("\n\n+")) {
      String rest = paragraph.strip();
      while (rest.length() > LONGEST) {
        int end = rest.lastIndexOf(". ", LONGEST) + 1;
        end = end > LONGEST / 2 ? end : rest.lastIndexOf(' ', LONGEST);
        end = end > LONGEST / 2 ? end : LONGEST;
        parts.add(rest.substring(0, end));
        rest = rest.substring(end).strip();
      }
      parts.add(rest);
    }
    return parts;
  }
}

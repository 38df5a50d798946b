package io.grace.domains.knowledge.reading;

import java.util.ArrayList;
import java.util.List;

/// Gathers text under headings as they come. *Owned by one reader.*
final class Outline {
  private static final int LEVELS = 6;
  private static final int LONGEST_HEADING = 200;

  private final List<String> headings = new ArrayList<>();
  private final List<Text.Section> sections = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String title = "";

  /// @param level 1 is the outermost
  void heading(int level, String heading) {
    close();
    String clean = heading.strip();
    clean = clean.substring(0, Math.min(clean.length(), LONGEST_HEADING));
    if (title.isEmpty()) {
      title = clean;
    }
    while (headings.size() >= Math.clamp(level, 1, LEVELS)) {
      headings.removeLast();
    }
    headings.add(clean);
  }

  void paragraph(String paragraph) {
    if (!paragraph.isBlank()) {
      text.append(paragraph.strip()).append("\n\n");
    }
  }

  String title() {
    return title;
  }

  List<Text.Section> sections() {
    close();
    return List.copyOf(sections);
  }

  private void close() {
    if (!text.isEmpty()) {
      sections.add(new Text.Section(headings, text.toString().strip()));
      text.setLength(0);
    }
  }
}

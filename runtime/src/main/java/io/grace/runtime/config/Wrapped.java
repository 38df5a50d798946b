package io.grace.runtime.config;

import java.util.List;

/// Lays out text for a terminal of 80 columns.
final class Wrapped {
  private static final int WIDTH = 80;
  private static final int LABEL = 26;

  private Wrapped() {}

  static void heading(List<String> lines, String what, int count) {
    lines.add(what + (count == 0 ? ": none" : ""));
  }

  /// A label on the left, the text beside it.
  static void add(List<String> lines, String label, String text) {
    if (text.isEmpty()) {
      add(lines, label, "none");
    } else if (label.length() >= LABEL) {
      paragraph(lines, label.length() > WIDTH ? label.substring(0, WIDTH - 1) + "…" : label, "");
      paragraph(lines, " ".repeat(LABEL), text);
    } else {
      paragraph(lines, label + " ".repeat(LABEL - label.length()), text);
    }
  }

  /// Broken at spaces, or within a word that is too long, and indented like the first line.
  static void paragraph(List<String> lines, String first, String text) {
    var line = new StringBuilder(first);
    boolean isEmpty = true;
    for (String word : text.split(" ")) {
      String rest = word;
      if (!isEmpty && line.length() + 1 + rest.length() > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(" ".repeat(first.length()));
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ");
      while (line.length() + rest.length() > WIDTH) {
        int fits = WIDTH - line.length();
        lines.add(line.append(rest, 0, fits).toString());
        rest = rest.substring(fits);
        line = new StringBuilder(" ".repeat(first.length()));
      }
      line.append(rest);
      isEmpty = false;
    }
    lines.add(line.toString().stripTrailing());
  }
}

package io.grace.domains.knowledge.reading;

import java.util.List;
import java.util.Optional;

/// Plain text; its first line is its title.
final class Plain {
  private static final int LONGEST_TITLE = 200;

  private Plain() {}

  static Text read(String file) {
    var outline = new Outline();
    for (String paragraph : file.split("\\R\\s*\\R")) {
      outline.paragraph(paragraph);
    }
    String first = file.strip().lines().findFirst().orElse("").strip();
    return new Text(
        first.substring(0, Math.min(first.length(), LONGEST_TITLE)),
        Optional.empty(),
        Optional.empty(),
        outline.sections(),
        List.of());
  }
}

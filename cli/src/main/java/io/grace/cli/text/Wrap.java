package io.grace.cli.text;

import java.util.ArrayList;
import java.util.List;

/// Breaks text into lines, at spaces where there are any.
public final class Wrap {
  private Wrap() {}

  /// At least one line, none longer than `width` characters.
  public static List<String> lines(String text, int width) {
    if (width < 1) {
      throw new IllegalArgumentException("width must be at least 1: " + width);
    }
    var lines = new ArrayList<String>();
    String rest = text.strip();
    while (length(rest) > width) {
      int end = rest.offsetByCodePoints(0, width);
      int space = rest.lastIndexOf(' ', end);
      int cut = space > 0 ? space : end;
      lines.add(rest.substring(0, cut).stripTrailing());
      rest = rest.substring(cut).stripLeading();
    }
    if (!rest.isEmpty() || lines.isEmpty()) {
      lines.add(rest);
    }
    return lines;
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}

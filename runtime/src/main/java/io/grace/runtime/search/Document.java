package io.grace.runtime.search;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A text that can be found. *Immutable.*
///
/// @param id one document each; a later one with the same id takes its place
/// @param title what it is about; heading path, subject
/// @param labels what can be asked for exactly, such as `service` or `audience`
public record Document(String id, String title, String text, Map<String, Set<String>> labels) {
  public static final int MAX_ID = 300;
  public static final int MAX_TITLE = 500;

  /// About three pages. A longer text is several documents, or its end would hardly ever be found.
  public static final int MAX_TEXT = 16_000;

  /// Of all names together.
  public static final int MAX_LABELS = 64;

  public static final int MAX_LABEL = 200;

  public Document {
    within("id", id, 1, MAX_ID);
    within("title", title, 0, MAX_TITLE);
    within("text", text, 0, MAX_TEXT);
    var copy = new TreeMap<String, Set<String>>();
    int count = 0;
    for (var label : labels.entrySet()) {
      within("name of a label", label.getKey(), 1, MAX_LABEL);
      if (label.getKey().indexOf('=') >= 0) {
        throw new IllegalArgumentException("a label's name has no '=': " + label.getKey());
      }
      for (String value : label.getValue()) {
        within("label " + label.getKey(), value, 0, MAX_LABEL);
        count++;
      }
      copy.put(label.getKey(), Set.copyOf(label.getValue()));
    }
    if (count > MAX_LABELS) {
      throw new IllegalArgumentException(count + " labels; at most " + MAX_LABELS);
    }
    labels = Collections.unmodifiableMap(copy);
  }

  private static void within(String what, String text, int min, int max) {
    if (text.length() < min || text.length() > max) {
      throw new IllegalArgumentException(
          what + " must have " + min + " to " + max + " characters: " + text.length());
    }
  }
}

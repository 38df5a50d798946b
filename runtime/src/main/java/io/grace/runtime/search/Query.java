package io.grace.runtime.search;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What is looked for. *Immutable.*
///
/// @param text in plain words; what is beyond the limit is not read
/// @param where for each label named, one of these values must be there; an empty set finds nothing
public record Query(String text, Map<String, Set<String>> where, By by) {
  public static final int MAX_TEXT = 2_000;

  /// By what documents are compared with the question.
  public enum By {
    WORDS,
    MEANING,
    BOTH
  }

  public Query {
    text = text.substring(0, Math.min(text.length(), MAX_TEXT));
    where = Map.copyOf(where);
  }

  public static Query of(String text) {
    return new Query(text, Map.of(), By.BOTH);
  }

  public Query where(String label, Set<String> values) {
    var all = new HashMap<>(where);
    all.put(label, Set.copyOf(values));
    return new Query(text, all, by);
  }
}

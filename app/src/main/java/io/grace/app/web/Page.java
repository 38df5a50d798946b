package io.grace.app.web;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A part of a list. *Immutable.*
///
/// @param next what to ask for with `after` to read on; empty at the end
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }

  /// All there is.
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, Optional.empty());
  }

  /// The first `limit` of the items, and the cursor if there are more.
  public static <S, T> Page<T> first(
      List<S> items, int limit, Function<S, String> cursor, Function<S, T> view) {
    List<S> shown = items.subList(0, Math.min(limit, items.size()));
    return new Page<>(
        shown.stream().map(view).toList(),
        items.size() > limit ? Optional.of(cursor.apply(shown.getLast())) : Optional.empty());
  }
}

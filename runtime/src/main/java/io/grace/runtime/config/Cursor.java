package io.grace.runtime.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/// A value of a file on its way to a record. A value that is absent or has the wrong form reads as
/// the fallback: the schema has said so already, and everything else is still to be judged.
record Cursor(Problems problems, JsonNode node, String pointer) {
  /// The file has them as `2h`, so messages have them so too.
  private static final Pattern ISO_DURATION =
      Pattern.compile("\\bPT(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?\\b");

  Cursor at(String key) {
    return new Cursor(problems, node.path(key), Pointers.child(pointer, key));
  }

  boolean isThere() {
    return !node.isMissingNode() && !node.isNull();
  }

  List<Cursor> items() {
    var items = new ArrayList<Cursor>();
    if (node.isArray()) {
      for (JsonNode item : node) {
        items.add(
            new Cursor(problems, item, Pointers.child(pointer, Integer.toString(items.size()))));
      }
    }
    return items;
  }

  /// In the order of the file.
  Map<String, Cursor> members() {
    var members = new LinkedHashMap<String, Cursor>();
    if (node.isObject()) {
      node.properties().forEach(member -> members.put(member.getKey(), at(member.getKey())));
    }
    return members;
  }

  /// The members as a map, without those that cannot be made.
  <K, V> Map<K, V> map(Function<String, K> key, Function<Cursor, Optional<V>> value) {
    var map = new LinkedHashMap<K, V>();
    members()
        .forEach((name, cursor) -> {
          var made = value.apply(cursor);
          cursor.make(() -> key.apply(name)).ifPresent(k -> made.ifPresent(v -> map.put(k, v)));
        });
    return map;
  }

  <T> List<T> list(Function<Cursor, Optional<T>> item) {
    return items().stream().flatMap(cursor -> item.apply(cursor).stream()).toList();
  }

  /// A text; numbers and flags read as they are written.
  Optional<String> text() {
    return node.isString()
        ? Optional.of(node.stringValue())
        : node.isNumber() || node.isBoolean() ? Optional.of(node.toString()) : Optional.empty();
  }

  String text(String fallback) {
    return text().orElse(fallback);
  }

  int whole(int fallback) {
    return wholeNumber()
        .filter(n -> n >= Integer.MIN_VALUE && n <= Integer.MAX_VALUE)
        .map(Long::intValue)
        .orElse(fallback);
  }

  Optional<Long> wholeNumber() {
    return node.isIntegralNumber() || (node.isNumber() && node.doubleValue() % 1 == 0)
        ? Optional.of(node.isIntegralNumber() ? node.longValue() : (long) node.doubleValue())
        : Optional.empty();
  }

  double decimal(double fallback) {
    return node.isNumber() ? node.doubleValue() : fallback;
  }

  boolean flag(boolean fallback) {
    return node.isBoolean() ? node.booleanValue() : fallback;
  }

  Duration duration(Duration fallback) {
    return text().flatMap(Durations::parse).orElse(fallback);
  }

  /// The constant whose name in lower case is written here.
  <E extends Enum<E>> Optional<E> choice(Class<E> type) {
    return text()
        .flatMap(text ->
            List.of(type.getEnumConstants()).stream()
                .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst());
  }

  void problem(String message) {
    problems.sense(pointer, message);
  }

  /// Something made of this value and those below; what its constructor objects to is a problem: of
  /// the member that the objection begins with, else of the whole.
  <T> Optional<T> make(Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      String message = said(e);
      int space = message.indexOf(' ');
      String member = message.substring(0, Math.max(0, space));
      if (node.path(member).isMissingNode()) {
        problems.senseOfWhole(pointer, pointer, message);
      } else {
        problems.senseOfWhole(pointer, at(member).pointer(), message.substring(space + 1));
      }
      return Optional.empty();
    }
  }

  private static String said(IllegalArgumentException e) {
    return e instanceof PatternSyntaxException syntax
        ? "must be a regular expression: " + syntax.getDescription()
        : ISO_DURATION
            .matcher(String.valueOf(e.getMessage()))
            .replaceAll(found -> Shown.duration(Duration.parse(found.group())));
  }
}

package io.grace.runtime.config;

import io.grace.core.model.Hash;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// Writes a tree of records as JSON in which equal trees read the same: members and map keys in
/// order, sets sorted, no white space. Records are tagged with their type, so that two shapes of
/// the same fields differ. *Thread-safe.*
final class Canonical {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Canonical() {}

  static Hash hash(Object tree) {
    return Hash.sha256("grace-config-v1\n" + text(tree));
  }

  static String text(Object value) {
    return switch (value) {
      case Record record -> record(record);
      case Map<?, ?> map -> map(map);
      case Set<?> set ->
          set.stream().map(Canonical::text).sorted().collect(Collectors.joining(",", "[", "]"));
      case List<?> list ->
          list.stream().map(Canonical::text).collect(Collectors.joining(",", "[", "]"));
      case Optional<?> optional -> optional.map(Canonical::text).orElse("null");
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> JSON.writeValueAsString(value.toString());
    };
  }

  private static String map(Map<?, ?> map) {
    var sorted = new TreeMap<String, String>();
    map.forEach((key, value) -> sorted.put(key.toString(), text(value)));
    return sorted.entrySet().stream()
        .map(e -> JSON.writeValueAsString(e.getKey()) + ":" + e.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String record(Record record) {
    var parts = new ArrayList<String>();
    parts.add("\"@\":" + JSON.writeValueAsString(record.getClass().getSimpleName()));
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      parts.add(
          JSON.writeValueAsString(component.getName()) + ":" + text(value(record, component)));
    }
    return String.join(",", parts).transform(all -> "{" + all + "}");
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      return accessor.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("not a public record: " + record.getClass(), e);
    }
  }
}

package io.grace.core.state;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A map that is copied when it is first written to. Owned by one [Fold].
final class Cow<K, V> {
  private final Map<K, V> original;
  private @Nullable HashMap<K, V> copy;

  Cow(Map<K, V> original) {
    this.original = original;
  }

  @Nullable V get(K key) {
    return current().get(key);
  }

  V getOrDefault(K key, V value) {
    var found = current().get(key);
    return found == null ? value : found;
  }

  Collection<V> values() {
    return current().values();
  }

  int size() {
    return current().size();
  }

  void put(K key, V value) {
    writable().put(key, value);
  }

  void remove(K key) {
    if (current().containsKey(key)) {
      writable().remove(key);
    }
  }

  void removeIf(Predicate<K> condition) {
    if (current().keySet().stream().anyMatch(condition)) {
      writable().keySet().removeIf(condition);
    }
  }

  /// The content for good; the fold must not be used afterwards.
  Map<K, V> view() {
    var written = copy;
    return written == null ? original : Collections.unmodifiableMap(written);
  }

  private Map<K, V> current() {
    var written = copy;
    return written == null ? original : written;
  }

  private HashMap<K, V> writable() {
    var written = copy;
    if (written == null) {
      written = new HashMap<>(original);
      copy = written;
    }
    return written;
  }
}

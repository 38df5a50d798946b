package io.grace.lab.service;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The cache's entries. Read-through is off: traffic never fills the cache, the warming job does,
/// so a cold cache stays cold over any number of requests and restarts. Thread-safe.
final class WarmCache {
  private final SharedFile<Map<Integer, Long>> entries;

  WarmCache(LabDir dir) {
    entries = new SharedFile<>(dir.cacheWarm(), WarmCache::parse);
  }

  OptionalLong lookup(int item) {
    Long found = entries.value().get(item);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  int size() {
    return entries.value().size();
  }

  void warm() throws IOException {
    entries.write(entries());
  }

  void flush() throws IOException {
    entries.delete();
  }

  /// The content of a warm cache's file, computed item by item.
  static String entries() {
    StringBuilder text = new StringBuilder();
    for (int item = 0; item < Stock.ITEMS; item++) {
      text.append(item).append('=').append(Stock.project(item)).append('\n');
    }
    return text.toString();
  }

  private static Map<Integer, Long> parse(Optional<String> content) {
    Map<Integer, Long> entries = new TreeMap<>();
    for (String line : content.orElse("").lines().toList()) {
      int at = line.indexOf('=');
      if (at > 0) {
        entries.put(Integer.valueOf(line.substring(0, at)), Long.valueOf(line.substring(at + 1)));
      }
    }
    return entries;
  }
}

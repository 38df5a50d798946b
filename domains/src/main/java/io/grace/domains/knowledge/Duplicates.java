package io.grace.domains.knowledge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds passages that say the same in nearly the same words.
///
/// MinHash over runs of three words, found by bands (Broder, *On the Resemblance and Containment of
/// Documents*, 1997; Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, 3rd ed., sections
/// 3.3 and 3.4). With 32 bands of 4 rows two passages that share half of their runs meet with a
/// chance of 0.87, with 80 % they do nearly always; a pair counts only if the estimate over all 128
/// rows, which is off by 0.04 as a rule, is 80 % too. *Owned by the library, under its lock.*
final class Duplicates {
  private static final int BANDS = 32;
  private static final int ROWS = 4;
  private static final double ALIKE = 0.8;
  private static final int RUN = 3;

  private final Map<String, int[]> signatures = new HashMap<>();
  private final Map<Long, Set<String>> bands = new HashMap<>();

  /// The passage that was there first and says the same.
  Optional<String> original(String text) {
    int[] signature = signature(text);
    var candidates = new TreeSet<String>();
    for (int band = 0; band < BANDS; band++) {
      candidates.addAll(bands.getOrDefault(key(signature, band), Set.of()));
    }
    return candidates.stream()
        .filter(id -> alike(signature, signatures.getOrDefault(id, new int[0])) >= ALIKE)
        .findFirst();
  }

  boolean has(String id) {
    return signatures.containsKey(id);
  }

  void add(String id, String text) {
    int[] signature = signature(text);
    signatures.put(id, signature);
    for (int band = 0; band < BANDS; band++) {
      bands.computeIfAbsent(key(signature, band), _ -> new HashSet<>()).add(id);
    }
  }

  void remove(String id) {
    int[] signature = signatures.remove(id);
    for (int band = 0; signature != null && band < BANDS; band++) {
      long key = key(signature, band);
      var ids = bands.getOrDefault(key, Set.of());
      if (ids.size() > 1) {
        ids.remove(id);
      } else {
        bands.remove(key);
      }
    }
  }

  private static double alike(int[] a, int[] b) {
    int same = 0;
    for (int i = 0; i < a.length && a.length == b.length; i++) {
      same += a[i] == b[i] ? 1 : 0;
    }
    return same / (double) (BANDS * ROWS);
  }

  private static long key(int[] signature, int band) {
    int from = band * ROWS;
    return ((long) band << 32)
        | (Arrays.hashCode(Arrays.copyOfRange(signature, from, from + ROWS)) & 0xFFFFFFFFL);
  }

  private static int[] signature(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
    int[] least = new int[BANDS * ROWS];
    Arrays.fill(least, Integer.MAX_VALUE);
    for (int i = 0; i < Math.max(1, words.length - RUN + 1); i++) {
      String run = String.join(" ", Arrays.copyOfRange(words, i, Math.min(words.length, i + RUN)));
      long hash = fnv(run);
      for (int row = 0; row < least.length; row++) {
        least[row] = Math.min(least[row], mixed(hash + row * 0x9E3779B97F4A7C15L));
      }
    }
    return least;
  }

  private static long fnv(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
    }
    return hash;
  }

  /// The finalizer of SplitMix64.
  private static int mixed(long x) {
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return (int) ((x ^ (x >>> 31)) >>> 33);
  }
}

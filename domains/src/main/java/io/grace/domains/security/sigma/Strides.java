package io.grace.domains.security.sigma;

import java.util.Arrays;
import java.util.List;

/// Finds all of very many long texts, whatever the case, and looks only at every so manyth place.
///
/// Of each text the last runs of [#RUN] characters are known, as many as the stride is long:
/// wherever the text stands, one of these runs is where it is looked. The last, since texts such as
/// `IMPHASH=…` begin alike. After Karp and Rabin, "Efficient randomized pattern-matching
/// algorithms", IBM J. Res. Dev. 31(2), 1987, but with hashes of the texts' runs instead of those
/// of all places, and a filter of bits in front that fits a cache. *Immutable.*
final class Strides {
  /// With fewer texts an automaton is as quick.
  static final int FEWEST_TEXTS = 32;

  /// Shorter texts leave no stride worth while.
  static final int SHORTEST = 24;

  private static final int RUN = 8;

  /// More runs of each text take room and gain little.
  private static final int LONGEST_STRIDE = 32;

  /// Bits of the filter for each run.
  private static final int BITS = 16;

  private static final int MULTIPLIER = 0x9E3779B1;

  private final char[][] texts;
  private final int[] atoms;
  private final int stride;
  private final int filterShift;
  private final long[] filter;
  private final int tableShift;

  /// By hash, the first run in a chain, or -1.
  private final int[] first;

  private final int[] next;
  private final int[] hashes;

  /// @param texts folded, each of at least [#SHORTEST] characters
  /// @param atoms as many
  Strides(List<String> texts, int[] atoms) {
    this.texts = texts.stream().map(String::toCharArray).toArray(char[][]::new);
    this.atoms = atoms.clone();
    int shortest = texts.stream().mapToInt(String::length).min().orElse(SHORTEST);
    stride = Math.min(shortest - RUN + 1, LONGEST_STRIDE);
    int runs = texts.size() * stride;
    int tableBits = 32 - Integer.numberOfLeadingZeros(Math.max(1, runs - 1));
    tableShift = 32 - tableBits;
    first = new int[1 << tableBits];
    Arrays.fill(first, -1);
    next = new int[runs];
    hashes = new int[runs];
    int filterBits = Math.max(6, 32 - Integer.numberOfLeadingZeros(runs * BITS - 1));
    filterShift = 32 - filterBits;
    filter = new long[1 << (filterBits - 6)];
    for (int run = 0; run < runs; run++) {
      char[] text = this.texts[run / stride];
      int hash = hash(text, offset(text, run));
      int place = (hash * MULTIPLIER) >>> tableShift;
      hashes[run] = hash;
      next[run] = first[place];
      first[place] = run;
      int bit = hash >>> filterShift;
      filter[bit >>> 6] |= 1L << bit;
    }
  }

  private int offset(char[] text, int run) {
    return text.length - RUN - run % stride;
  }

  private static int hash(char[] chars, int from) {
    int hash = 0;
    for (int i = from; i < from + RUN; i++) {
      hash = hash * 31 + Fold.fold(chars[i]);
    }
    hash *= MULTIPLIER;
    return hash ^ hash >>> 15;
  }

  /// Tells of every text that stands in `chars[from, to)`.
  void scan(char[] chars, int from, int to, Automaton.Sink sink) {
    for (int i = from; i <= to - RUN; i += stride) {
      int hash = hash(chars, i);
      int bit = hash >>> filterShift;
      if ((filter[bit >>> 6] & 1L << bit) != 0) {
        look(chars, from, to, i, hash, sink);
      }
    }
  }

  private void look(char[] chars, int from, int to, int at, int hash, Automaton.Sink sink) {
    int run = first[(hash * MULTIPLIER) >>> tableShift];
    while (run >= 0) {
      if (hashes[run] == hash) {
        char[] text = texts[run / stride];
        int begin = at - offset(text, run);
        if (begin >= from && begin + text.length <= to && stands(text, chars, begin)) {
          sink.found(atoms[run / stride]);
        }
      }
      run = next[run];
    }
  }

  private static boolean stands(char[] text, char[] chars, int begin) {
    for (int i = 0; i < text.length; i++) {
      if (Fold.fold(chars[begin + i]) != text[i]) {
        return false;
      }
    }
    return true;
  }
}

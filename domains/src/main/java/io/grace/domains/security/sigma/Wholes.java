package io.grace.domains.security.sigma;

import java.util.Arrays;
import java.util.List;

/// Finds which of very many texts a value is, whatever the case: most values are none already by
/// their length and four of their characters. *Immutable.*
final class Wholes {
  private static final int MULTIPLIER = 0x9E3779B1;

  private final char[][] texts;
  private final int[] atoms;

  /// A bit for each length of a text; the last for all that are longer.
  private final long lengths;

  private final int shift;

  /// By hash, the first text in a chain, or -1.
  private final int[] first;

  private final int[] next;

  /// @param texts folded, not empty
  /// @param atoms as many
  Wholes(List<String> texts, int[] atoms) {
    this.texts = texts.stream().map(String::toCharArray).toArray(char[][]::new);
    this.atoms = atoms.clone();
    // Twice as many places as texts.
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, atoms.length - 1));
    shift = 32 - bits;
    first = new int[1 << bits];
    next = new int[atoms.length];
    Arrays.fill(first, -1);
    long seen = 0;
    for (int text = 0; text < atoms.length; text++) {
      char[] chars = this.texts[text];
      seen |= lengthBit(chars.length);
      int place = place(chars, 0, chars.length);
      next[text] = first[place];
      first[place] = text;
    }
    lengths = seen;
  }

  private static long lengthBit(int length) {
    return 1L << Math.min(length, Long.SIZE - 1);
  }

  private int place(char[] chars, int from, int length) {
    int hash = length;
    hash = hash * 31 + Fold.fold(chars[from]);
    hash = hash * 31 + Fold.fold(chars[from + length / 3]);
    hash = hash * 31 + Fold.fold(chars[from + length / 2]);
    hash = hash * 31 + Fold.fold(chars[from + length - 1]);
    return (hash * MULTIPLIER) >>> shift;
  }

  /// Tells of every text that `chars[from, to)` is.
  void scan(char[] chars, int from, int to, Automaton.Sink sink) {
    int length = to - from;
    if (length == 0 || (lengths & lengthBit(length)) == 0) {
      return;
    }
    for (int text = first[place(chars, from, length)]; text >= 0; text = next[text]) {
      if (texts[text].length == length && is(texts[text], chars, from)) {
        sink.found(atoms[text]);
      }
    }
  }

  private static boolean is(char[] text, char[] chars, int from) {
    for (int i = 0; i < text.length; i++) {
      if (Fold.fold(chars[from + i]) != text[i]) {
        return false;
      }
    }
    return true;
  }
}

package io.grace.domains.security.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds all of a few long texts, whatever the case, and looks only at some of the characters.
///
/// Wu and Manber, "A Fast Algorithm for Multi-Pattern Searching", TR 94-17, University of Arizona,
/// 1994, with blocks of two characters: where the last block of a window is none of the first part
/// of any text, the window moves on by nearly the length of the shortest. *Immutable.*
final class Skipping {
  /// With more texts nearly every block is part of one.
  static final int MOST_TEXTS = 64;

  static final int SHORTEST = 5;

  private static final int BLOCKS = 1 << 12;

  private final int window;
  private final byte[] shift = new byte[BLOCKS];
  private final int[][] ending = new int[BLOCKS][];
  private final List<String> texts;
  private final int[] atoms;

  /// @param texts folded, each of at least [#SHORTEST] characters
  /// @param atoms as many
  Skipping(List<String> texts, int[] atoms) {
    this.texts = List.copyOf(texts);
    this.atoms = atoms.clone();
    int shortest = texts.stream().mapToInt(String::length).min().orElse(SHORTEST);
    window = Math.min(shortest, Byte.MAX_VALUE);
    Arrays.fill(shift, (byte) (window - 1));
    Arrays.fill(ending, new int[0]);
    List<List<Integer>> lists = new ArrayList<>();
    for (int block = 0; block < BLOCKS; block++) {
      lists.add(List.of());
    }
    for (int text = 0; text < texts.size(); text++) {
      for (int end = 1; end < window; end++) {
        int block = block(texts.get(text).charAt(end - 1), texts.get(text).charAt(end));
        shift[block] = (byte) Math.min(shift[block], window - 1 - end);
        if (end == window - 1) {
          List<Integer> list = new ArrayList<>(lists.get(block));
          list.add(text);
          lists.set(block, list);
        }
      }
    }
    for (int block = 0; block < BLOCKS; block++) {
      ending[block] = RuleIndex.numbers(lists.get(block));
    }
  }

  private static int block(char one, char other) {
    return (nearly(one) * 61 ^ nearly(other)) & BLOCKS - 1;
  }

  /// The same for all that fold to the same, and quicker: a bit parts upper case from lower case.
  private static int nearly(char c) {
    return (c < Automaton.ASCII ? c : Fold.fold(c)) | 32;
  }

  /// Tells of every text that stands in `chars[from, to)`.
  void scan(char[] chars, int from, int to, Automaton.Sink sink) {
    int end = from + window - 1;
    while (end < to) {
      int block = block(chars[end - 1], chars[end]);
      int skip = shift[block];
      if (skip == 0) {
        int begin = end - window + 1;
        for (int text : ending[block]) {
          if (stands(texts.get(text), chars, begin, to)) {
            sink.found(atoms[text]);
          }
        }
        skip = 1;
      }
      end += skip;
    }
  }

  /// Whether any text stands in `chars[from, to)`.
  boolean anyStands(char[] chars, int from, int to) {
    int end = from + window - 1;
    while (end < to) {
      int block = block(chars[end - 1], chars[end]);
      int skip = shift[block];
      if (skip == 0) {
        for (int text : ending[block]) {
          if (stands(texts.get(text), chars, end - window + 1, to)) {
            return true;
          }
        }
        skip = 1;
      }
      end += skip;
    }
    return false;
  }

  private static boolean stands(String text, char[] chars, int begin, int to) {
    if (begin + text.length() > to) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Fold.fold(chars[begin + i]) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}

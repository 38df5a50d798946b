package io.grace.domains.security.sigma;

import java.util.Arrays;

/// Finds which of very many texts a value begins with, or ends with: a walk down a tree of them,
/// which for most values is over after a few characters. *Immutable.*
final class Affixes {
  private static final int ASCII = 128;

  /// Numbers of all full rows together: 64 KiB.
  private static final int MOST_DENSE = 1 << 14;

  private final short[] ascii;
  private final char[] others;
  private final int classes;
  private final int denseStates;

  /// By state and character, the child, or 0.
  private final int[] dense;

  private final int[] firstChild;
  private final short[] entry;
  private final int[] outputs;
  private final int[] outputAtom;
  private final int[] outputNext;

  Affixes(AutomatonBuilder built) {
    ascii = built.ascii();
    others = built.others();
    classes = built.classes();
    firstChild = built.firstChild();
    entry = built.entry();
    outputs = built.outputs();
    outputAtom = built.outputAtom();
    outputNext = built.outputNext();
    denseStates = Math.min(entry.length, Math.max(1, MOST_DENSE / classes));
    dense = new int[denseStates * classes];
    for (int state = 0; state < denseStates; state++) {
      for (int child = firstChild[state]; child < firstChild[state + 1]; child++) {
        dense[state * classes + entry[child]] = child;
      }
    }
  }

  /// Tells of every text that the value begins with.
  void scanStart(char[] chars, int from, int to, Automaton.Sink sink) {
    int state = 0;
    for (int i = from; i < to; i++) {
      state = child(state, chars[i]);
      if (state == 0) {
        return;
      }
      tell(state, sink);
    }
  }

  /// Tells of every text, written backwards, that the value ends with.
  void scanEnd(char[] chars, int from, int to, Automaton.Sink sink) {
    int state = 0;
    for (int i = to - 1; i >= from; i--) {
      state = child(state, chars[i]);
      if (state == 0) {
        return;
      }
      tell(state, sink);
    }
  }

  private void tell(int state, Automaton.Sink sink) {
    for (int out = outputs[state]; out >= 0; out = outputNext[out]) {
      sink.found(outputAtom[out]);
    }
  }

  private int child(int state, char c) {
    int kind = c < ASCII ? ascii[c] : other(c);
    if (state < denseStates) {
      return dense[state * classes + kind];
    }
    int behind = firstChild[state + 1];
    for (int child = firstChild[state]; child < behind; child++) {
      if (entry[child] == kind) {
        return child;
      }
    }
    return 0;
  }

  private int other(char c) {
    char folded = Fold.fold(c);
    if (folded < ASCII) {
      return ascii[folded];
    }
    int found = Arrays.binarySearch(others, folded);
    return found < 0 ? 0 : classes - others.length + found;
  }

  int states() {
    return entry.length;
  }
}

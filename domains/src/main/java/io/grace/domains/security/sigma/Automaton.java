package io.grace.domains.security.sigma;

import java.util.Arrays;

/// Finds all of very many texts in one pass over a value, whatever the case.
///
/// Aho and Corasick, "Efficient String Matching: An Aid to Bibliographic Search", CACM 18(6), 1975.
/// States are numbered breadth first, so that the children of a state follow each other and the
/// shallow ones, where nearly all time is spent, come first: those have a full row of transitions
/// (the paper's algorithm 4), the deep ones only their children and a failure link (algorithm 2).
/// *Immutable.*
final class Automaton {
  /// Receives what is found.
  interface Sink {
    /// @param atom whose text stands where it has to
    void found(int atom);
  }

  /// Numbers of all full rows together: 2 MiB.
  static final int MOST_DENSE = 1 << 19;

  static final int ASCII = 128;

  private final short[] ascii;
  private final char[] others;
  private final int classes;
  private final int denseStates;

  /// Of all texts.
  private final int shortest;

  /// Behind the last full row.
  private final int limit;

  private final int[] dense;
  private final int[] firstChild;
  private final short[] entry;
  private final int[] fail;

  /// By state, where in [#told] its outputs begin, its own and those of its suffixes; or -1.
  private final int[] outputs;

  /// Atoms, one after the other; of the last of a state all bits are turned.
  private final int[] told;

  Automaton(AutomatonBuilder built) {
    ascii = built.ascii();
    others = built.others();
    classes = built.classes();
    firstChild = built.firstChild();
    entry = built.entry();
    fail = built.fail();
    var listing = Outputs.of(built);
    outputs = listing.begin();
    told = listing.told();
    denseStates = Math.min(entry.length, Math.max(1, MOST_DENSE / classes));
    shortest = built.shortest();
    limit = denseStates * classes;
    dense = rows();
  }

  /// A transition carries in its lowest bit whether something is found there, and for the rest the
  /// place of the row that follows, or behind all rows the number of a deep state.
  private int[] rows() {
    int[] rows = new int[limit];
    for (int state = 0; state < denseStates; state++) {
      int row = state * classes;
      if (state > 0) {
        // A failure link goes to a shallower state, whose row is done.
        System.arraycopy(rows, fail[state] * classes, rows, row, classes);
      }
      for (int child = firstChild[state]; child < firstChild[state + 1]; child++) {
        rows[row + entry[child]] = transition(child);
      }
    }
    return rows;
  }

  private int transition(int state) {
    int place = state < denseStates ? state * classes : limit + state - denseStates;
    return place << 1 | (outputs[state] >= 0 ? 1 : 0);
  }

  /// Tells of every text that stands in `chars[from, to)`.
  void scan(char[] chars, int from, int to, Sink sink) {
    if (to - from < shortest) {
      return;
    }
    // Locals stay in registers although the sink might change anything.
    int[] dense = this.dense;
    short[] ascii = this.ascii;
    int limit = this.limit;
    int place = 0;
    for (int i = from; i < to; i++) {
      char c = chars[i];
      int kind = c < ASCII ? ascii[c] : other(c);
      int transition = place < limit ? dense[place + kind] : deep(place, kind);
      place = transition >>> 1;
      if ((transition & 1) != 0) {
        tell(place, sink);
      }
    }
  }

  private void tell(int place, Sink sink) {
    int state = place < limit ? place / classes : place - limit + denseStates;
    int at = outputs[state];
    int atom = told[at];
    while (atom >= 0) {
      sink.found(atom);
      atom = told[++at];
    }
    sink.found(~atom);
  }

  private int deep(int place, int kind) {
    int state = place - limit + denseStates;
    while (state >= denseStates) {
      int behind = firstChild[state + 1];
      for (int child = firstChild[state]; child < behind; child++) {
        if (entry[child] == kind) {
          return transition(child);
        }
      }
      state = fail[state];
    }
    return dense[state * classes + kind];
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

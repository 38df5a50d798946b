package io.grace.domains.security.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// Collects the literals of one field and lays out the automaton that finds them. *Owned by the
/// thread that reads the rules.*
final class AutomatonBuilder {
  private static final int ASCII = 128;

  private record Wanted(String text, int atom) {}

  private final List<Wanted> wanted = new ArrayList<>();

  private short[] ascii = new short[ASCII];
  private char[] others = new char[0];
  private int classes;

  // The trie, in the order of insertion.
  private int nodes = 1;
  private int[] child = new int[1024];
  private int[] sibling = new int[1024];
  private short[] symbol = new short[1024];
  private int[] own = new int[1024];

  // The same, breadth first.
  private int[] firstChild = new int[0];
  private short[] entry = new short[0];
  private int[] fail = new int[0];
  private int[] outputs = new int[0];
  private int[] outputNext = new int[0];

  /// @param text folded, not empty
  void add(String text, int atom) {
    wanted.add(new Wanted(text, atom));
  }

  void addAll(AutomatonBuilder others) {
    wanted.addAll(others.wanted);
  }

  int size() {
    return wanted.size();
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /// Finds the literals wherever they stand.
  Automaton anywhere() {
    layOut(true);
    return new Automaton(this);
  }

  /// Finds the literals wherever they stand, if they are few and long.
  Skipping skipping() {
    return new Skipping(wanted.stream().map(Wanted::text).toList(), outputAtom());
  }

  /// Finds the literals wherever they stand, if they are many and long.
  Strides strides() {
    return new Strides(wanted.stream().map(Wanted::text).toList(), outputAtom());
  }

  /// Finds the literals that are a whole value.
  Wholes wholes() {
    return new Wholes(wanted.stream().map(Wanted::text).toList(), outputAtom());
  }

  /// Finds the literals where a walk from one end of a value meets them.
  Affixes atEnd() {
    layOut(false);
    return new Affixes(this);
  }

  private void layOut(boolean links) {
    chooseClasses();
    Arrays.fill(child, -1);
    Arrays.fill(sibling, -1);
    Arrays.fill(own, -1);
    outputNext = new int[wanted.size()];
    for (int i = 0; i < wanted.size(); i++) {
      int node = insert(wanted.get(i).text);
      outputNext[i] = own[node];
      own[node] = i;
    }
    number(links);
  }

  /// ASCII characters that no literal holds share class 0, as do upper case and lower case.
  private void chooseClasses() {
    TreeSet<Character> beyond = new TreeSet<>();
    boolean[] isUsed = new boolean[ASCII];
    for (Wanted one : wanted) {
      for (char c : one.text.toCharArray()) {
        if (c < ASCII) {
          isUsed[c] = true;
        } else {
          beyond.add(c);
        }
      }
    }
    short next = 1;
    for (int c = 0; c < ASCII; c++) {
      ascii[c] = isUsed[c] ? next++ : 0;
    }
    for (char c = 'A'; c <= 'Z'; c++) {
      ascii[c] = ascii[Fold.fold(c)];
    }
    others = new char[beyond.size()];
    int i = 0;
    for (char c : beyond) {
      others[i++] = c;
    }
    classes = next + others.length;
  }

  private short kind(char c) {
    return c < ASCII
        ? ascii[c]
        : (short) (classes - others.length + Arrays.binarySearch(others, c));
  }

  private int insert(String text) {
    int node = 0;
    for (int i = 0; i < text.length(); i++) {
      short kind = kind(text.charAt(i));
      int next = child[node];
      while (next >= 0 && symbol[next] != kind) {
        next = sibling[next];
      }
      node = next >= 0 ? next : grow(node, kind);
    }
    return node;
  }

  private int grow(int parent, short kind) {
    if (nodes == child.length) {
      child = doubled(child);
      sibling = doubled(sibling);
      own = doubled(own);
      symbol = Arrays.copyOf(symbol, 2 * nodes);
    }
    symbol[nodes] = kind;
    sibling[nodes] = child[parent];
    child[parent] = nodes;
    return nodes++;
  }

  private static int[] doubled(int[] from) {
    int[] to = Arrays.copyOf(from, 2 * from.length);
    Arrays.fill(to, from.length, to.length, -1);
    return to;
  }

  private void number(boolean links) {
    int[] order = new int[nodes];
    firstChild = new int[nodes + 1];
    entry = new short[nodes];
    fail = new int[nodes];
    outputs = new int[nodes];
    int placed = 1;
    for (int state = 0; state < nodes; state++) {
      firstChild[state] = placed;
      for (int next = child[order[state]]; next >= 0; next = sibling[next]) {
        order[placed] = next;
        entry[placed] = symbol[next];
        placed++;
      }
    }
    firstChild[nodes] = placed;
    outputs[0] = -1;
    for (int state = 1; !links && state < nodes; state++) {
      outputs[state] = own[order[state]];
    }
    for (int state = 0; links && state < nodes; state++) {
      for (int next = firstChild[state]; next < firstChild[state + 1]; next++) {
        fail[next] = state == 0 ? 0 : follow(fail[state], entry[next]);
        outputs[next] = joined(own[order[next]], outputs[fail[next]]);
      }
    }
  }

  /// Own outputs first, then those of the longest suffix, which lead on to the others.
  private int joined(int first, int suffix) {
    if (first < 0) {
      return suffix;
    }
    int last = first;
    while (outputNext[last] >= 0) {
      last = outputNext[last];
    }
    outputNext[last] = suffix;
    return first;
  }

  private int follow(int from, short kind) {
    int state = from;
    while (true) {
      for (int next = firstChild[state]; next < firstChild[state + 1]; next++) {
        if (entry[next] == kind) {
          return next;
        }
      }
      if (state == 0) {
        return 0;
      }
      state = fail[state];
    }
  }

  short[] ascii() {
    return ascii;
  }

  char[] others() {
    return others;
  }

  int classes() {
    return classes;
  }

  int[] firstChild() {
    return firstChild;
  }

  short[] entry() {
    return entry;
  }

  int[] fail() {
    return fail;
  }

  int[] outputs() {
    return outputs;
  }

  int[] outputNext() {
    return outputNext;
  }

  int shortest() {
    return wanted.stream().mapToInt(one -> one.text.length()).min().orElse(0);
  }

  int[] outputAtom() {
    return wanted.stream().mapToInt(Wanted::atom).toArray();
  }
}

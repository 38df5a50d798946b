package io.grace.domains.security.sigma;

import java.util.Arrays;

/// What is found at the states of an automaton, laid out so that it is read in one go: a state's
/// atoms follow each other. *Immutable.*
///
/// @param begin by state, where its atoms begin, or -1
/// @param told atoms; of the last of a state all bits are turned
@SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
record Outputs(int[] begin, int[] told) {
  static Outputs of(AutomatonBuilder built) {
    int[] first = built.outputs();
    int[] next = built.outputNext();
    int[] atoms = built.outputAtom();
    int[] begin = new int[first.length];
    int[] told = new int[Math.max(16, atoms.length)];
    int size = 0;
    for (int state = 0; state < first.length; state++) {
      begin[state] = first[state] < 0 ? -1 : size;
      for (int out = first[state]; out >= 0; out = next[out]) {
        if (size == told.length) {
          told = Arrays.copyOf(told, 2 * size);
        }
        told[size++] = next[out] < 0 ? ~atoms[out] : atoms[out];
      }
    }
    return new Outputs(begin, Arrays.copyOf(told, size));
  }
}

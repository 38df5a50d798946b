package io.grace.domains.security.sigma;

import io.grace.domains.security.sigma.Atom.Where;
import org.jspecify.annotations.Nullable;

/// All texts that rules look for in one field, by where they have to stand. *Immutable.*
final class FieldIndex {
  private final @Nullable Automaton anywhere;

  /// Instead of the automaton, where the texts are few and long.
  private final @Nullable Skipping skipping;

  private final @Nullable Affixes start;
  private final @Nullable Affixes whole;
  private final @Nullable Affixes end;

  private FieldIndex(Builder built) {
    boolean skips =
        built.anywhere.size() <= Skipping.MOST_TEXTS
            && built.anywhere.shortest() >= Skipping.SHORTEST;
    anywhere = built.anywhere.isEmpty() || skips ? null : built.anywhere.anywhere();
    skipping = skips ? built.anywhere.skipping() : null;
    start = built.start.isEmpty() ? null : built.start.atEnd();
    whole = built.whole.isEmpty() ? null : built.whole.atEnd();
    end = built.end.isEmpty() ? null : built.end.atEnd();
  }

  static final class Builder {
    private final AutomatonBuilder anywhere = new AutomatonBuilder();
    private final AutomatonBuilder start = new AutomatonBuilder();
    private final AutomatonBuilder whole = new AutomatonBuilder();
    private final AutomatonBuilder end = new AutomatonBuilder();

    /// @param text folded, not empty
    void add(String text, int atom, Where where) {
      switch (where) {
        case ANYWHERE -> anywhere.add(text, atom);
        case START -> start.add(text, atom);
        case WHOLE -> whole.add(text, atom);
        case END -> end.add(backwards(text), atom);
      }
    }

    /// Not by code point: what is found is compared character by character.
    private static String backwards(String text) {
      char[] chars = new char[text.length()];
      for (int i = 0; i < chars.length; i++) {
        chars[i] = text.charAt(chars.length - 1 - i);
      }
      return new String(chars);
    }

    FieldIndex build() {
      return new FieldIndex(this);
    }
  }

  /// Tells of every text that stands in `chars[from, to)` where it has to.
  void scan(char[] chars, int from, int to, Automaton.Sink sink) {
    if (whole != null) {
      whole.scanWhole(chars, from, to, sink);
    }
    if (start != null) {
      start.scanStart(chars, from, to, sink);
    }
    if (end != null) {
      end.scanEnd(chars, from, to, sink);
    }
    if (anywhere != null) {
      anywhere.scan(chars, from, to, sink);
    }
    if (skipping != null) {
      skipping.scan(chars, from, to, sink);
    }
  }

  int states() {
    return (anywhere == null ? 0 : anywhere.states())
        + (start == null ? 0 : start.states())
        + (whole == null ? 0 : whole.states())
        + (end == null ? 0 : end.states());
  }
}

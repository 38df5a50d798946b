package io.grace.domains.security.sigma;

import io.grace.domains.security.sigma.Atom.Where;
import org.jspecify.annotations.Nullable;

/// All texts that rules look for in one field, by where they have to stand. *Immutable.*
final class FieldIndex {
  private final @Nullable Automaton anywhere;

  /// For texts with characters beyond ASCII, of which there are so many that rows would become
  /// wide; most values have none.
  private final @Nullable Automaton beyond;

  /// Instead of the automaton, where the texts are few and long.
  private final @Nullable Skipping skipping;

  /// For the long texts, where they are many and most.
  private final @Nullable Strides strides;

  private final @Nullable Affixes start;
  private final @Nullable Wholes whole;
  private final @Nullable Affixes end;
  private final boolean isSkippingAlone;

  private FieldIndex(Builder built) {
    // Where there are shorter ones too, they are passed over together.
    boolean strides =
        built.longs.size() >= Strides.FEWEST_TEXTS && built.longs.size() > built.anywhere.size();
    if (!strides) {
      built.anywhere.addAll(built.longs);
    }
    this.strides = strides ? built.longs.strides() : null;
    boolean skips =
        !built.anywhere.isEmpty()
            && built.anywhere.size() <= Skipping.MOST_TEXTS
            && built.anywhere.shortest() >= Skipping.SHORTEST;
    anywhere = built.anywhere.isEmpty() || skips ? null : built.anywhere.anywhere();
    beyond = built.beyond.isEmpty() ? null : built.beyond.anywhere();
    skipping = skips ? built.anywhere.skipping() : null;
    start = built.start.isEmpty() ? null : built.start.atEnd();
    whole = built.whole.isEmpty() ? null : built.whole.wholes();
    end = built.end.isEmpty() ? null : built.end.atEnd();
    isSkippingAlone =
        start == null && whole == null && end == null && this.strides == null && beyond == null;
  }

  static final class Builder {
    private final AutomatonBuilder anywhere = new AutomatonBuilder();
    private final AutomatonBuilder longs = new AutomatonBuilder();
    private final AutomatonBuilder beyond = new AutomatonBuilder();
    private final AutomatonBuilder start = new AutomatonBuilder();
    private final AutomatonBuilder whole = new AutomatonBuilder();
    private final AutomatonBuilder end = new AutomatonBuilder();

    /// @param text folded, not empty
    void add(String text, int atom, Where where) {
      switch (where) {
        case ANYWHERE -> {
          boolean isLong = text.length() >= Strides.SHORTEST;
          (isLong ? longs : isAscii(text) ? anywhere : beyond).add(text, atom);
        }
        case START -> start.add(text, atom);
        case WHOLE -> whole.add(text, atom);
        case END -> end.add(backwards(text), atom);
      }
    }

    private static boolean isAscii(String text) {
      return text.chars().allMatch(c -> c < Automaton.ASCII);
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
      whole.scan(chars, from, to, sink);
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
    if (strides != null) {
      strides.scan(chars, from, to, sink);
    }
    if (beyond != null && !isAscii(chars, from, to)) {
      beyond.scan(chars, from, to, sink);
    }
  }

  /// Whether none of the texts stands in any value, all of which lie in `chars[0, to)`: mostly so,
  /// and quicker than to look into each.
  boolean isNowhere(char[] chars, int to) {
    return isSkippingAlone && skipping != null && !skipping.anyStands(chars, 0, to);
  }

  private static boolean isAscii(char[] chars, int from, int to) {
    int all = 0;
    for (int i = from; i < to; i++) {
      all |= chars[i];
    }
    return all < Automaton.ASCII;
  }

  int states() {
    return (anywhere == null ? 0 : anywhere.states())
        + (beyond == null ? 0 : beyond.states())
        + (start == null ? 0 : start.states())
        + (end == null ? 0 : end.states());
  }
}

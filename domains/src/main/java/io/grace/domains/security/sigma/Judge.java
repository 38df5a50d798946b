package io.grace.domains.security.sigma;

import io.grace.domains.security.sigma.Atom.Where;
import io.grace.domains.security.sigma.LinearRegex.StepsExceeded;
import java.util.Objects;
import java.util.OptionalInt;

/// Answers the questions that finding a text does not answer. *Owned by one thread.*
final class Judge {
  private final RuleIndex index;
  private final byte[] address = new byte[16];
  private final Slice slice = new Slice();

  Judge(RuleIndex index) {
    this.index = index;
  }

  /// @throws StepsExceeded if a regular expression took too long, so that it is not known
  boolean holds(int number, Event event) throws StepsExceeded {
    Atom atom = index.atoms[number];
    int field = index.fieldOf[number];
    switch (atom) {
      case Atom.Exists _ -> {
        return event.latest(field) >= 0;
      }
      case Atom.HasValue _ -> {
        return hasValue(event, field);
      }
      case Atom.IsNull _ -> {
        return !hasValue(event, field);
      }
      default -> {}
    }
    boolean all = field == FieldTable.ALL;
    int slot = all ? event.count() - 1 : event.latest(field);
    while (slot >= 0) {
      if (!event.isNull(slot) && holds(atom, number, event, slot)) {
        return true;
      }
      slot = all ? slot - 1 : event.earlier(slot);
    }
    return false;
  }

  private static boolean hasValue(Event event, int field) {
    if (field == FieldTable.ALL) {
      return event.count() > 0;
    }
    for (int slot = event.latest(field); slot >= 0; slot = event.earlier(slot)) {
      if (!event.isNull(slot)) {
        return true;
      }
    }
    return false;
  }

  private boolean holds(Atom atom, int number, Event event, int slot) throws StepsExceeded {
    int from = event.start(slot);
    int to = event.end(slot);
    return switch (atom) {
      case Atom.Literal literal -> literal(literal, event.chars(), from, to);
      case Atom.Glob glob -> Wildcards.fits(glob.pattern(), event.chars(), from, to, !glob.cased());
      case Atom.Regex _ ->
          to - from >= index.leastOf[number]
              && Objects.requireNonNull(index.regexes[number])
                  .finds(slice.of(event.chars(), from, to));
      case Atom.Cidr cidr -> cidr.range().holds(event.chars(), from, to, address);
      case Atom.Compare compare -> compares(compare, slice.of(event.chars(), from, to));
      case Atom.Same same -> same(same, index.otherOf[number], event, slot);
      case Atom.Exists _, Atom.HasValue _, Atom.IsNull _ -> true;
    };
  }

  private static boolean literal(Atom.Literal literal, char[] chars, int from, int to) {
    String text = literal.text();
    int last = to - text.length();
    if (last < from) {
      return false;
    }
    boolean folded = !literal.cased();
    return switch (literal.where()) {
      case WHOLE -> last == from && stands(text, chars, from, folded);
      case START -> stands(text, chars, from, folded);
      case END -> stands(text, chars, last, folded);
      case ANYWHERE -> {
        for (int at = from; at <= last; at++) {
          if (stands(text, chars, at, folded)) {
            yield true;
          }
        }
        yield false;
      }
    };
  }

  private static boolean stands(String text, char[] chars, int at, boolean folded) {
    for (int i = 0; i < text.length(); i++) {
      char c = chars[at + i];
      if (text.charAt(i) != (folded ? Fold.fold(c) : c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean compares(Atom.Compare compare, Slice text) {
    if (compare.part() != DatePart.NONE) {
      OptionalInt part = compare.part().of(text);
      return part.isPresent() && compare.relation().holds(part.getAsInt(), compare.value());
    }
    if (!looksNumeric(text)) {
      return false;
    }
    try {
      double found = Double.parseDouble(text.toString());
      return compare.relation().holds(found, compare.value());
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// Spares an exception for each value that is none.
  private static boolean looksNumeric(Slice text) {
    int length = text.length();
    if (length == 0 || length > 40) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean fits = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e';
      if (!fits && c != 'E') {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Atom.Same same, int other, Event event, int slot) {
    for (int there = event.latest(other); there >= 0; there = event.earlier(there)) {
      if (!event.isNull(there)) {
        if (same(same, event.chars(), event.start(there), event.end(there), event, slot)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean same(
      Atom.Same same, char[] chars, int from, int to, Event event, int slot) {
    int length = to - from;
    int begin = event.start(slot);
    int last = event.end(slot) - length;
    if (last < begin || (length == 0 && same.where() != Where.WHOLE)) {
      return false;
    }
    boolean folded = !same.cased();
    return switch (same.where()) {
      case WHOLE -> last == begin && stands(chars, from, to, begin, folded);
      case START -> stands(chars, from, to, begin, folded);
      case END -> stands(chars, from, to, last, folded);
      case ANYWHERE -> {
        for (int at = begin; at <= last; at++) {
          if (stands(chars, from, to, at, folded)) {
            yield true;
          }
        }
        yield false;
      }
    };
  }

  /// Whether a part of the characters stands at another place of them, too.
  private static boolean stands(char[] chars, int from, int to, int at, boolean folded) {
    for (int i = from; i < to; i++) {
      char wanted = chars[i];
      char found = chars[at + i - from];
      if (wanted != found && !(folded && Fold.fold(wanted) == Fold.fold(found))) {
        return false;
      }
    }
    return true;
  }

  /// A part of the event's characters.
  private static final class Slice implements CharSequence {
    private char[] chars = new char[0];
    private int from;
    private int to;

    Slice of(char[] all, int begin, int end) {
      chars = all;
      from = begin;
      to = end;
      return this;
    }

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int i) {
      return chars[from + i];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new String(chars, from + start, end - start);
    }

    @Override
    public String toString() {
      return new String(chars, from, to - from);
    }
  }
}

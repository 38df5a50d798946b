package io.grace.domains.security.sigma;

/// A condition over numbered atoms, laid out to be judged quickly: what costs least comes first,
/// and atoms do without an object each. *Immutable.*
///
/// @param atoms that are judged before the others
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Node(Op op, int[] atoms, Node[] of, int cost) {
  enum Op {
    ALL(true, true),
    ANY(false, false),
    NOT_ALL(true, false),
    NOT_ANY(false, true);

    /// Whether it is known with the first part that does not hold, or with the first that does.
    final boolean needsAll;

    /// What it is if no part decided before.
    final boolean inTheEnd;

    Op(boolean needsAll, boolean inTheEnd) {
      this.needsAll = needsAll;
      this.inTheEnd = inTheEnd;
    }

    Op negated() {
      return switch (this) {
        case ALL -> NOT_ALL;
        case ANY -> NOT_ANY;
        case NOT_ALL -> ALL;
        case NOT_ANY -> ANY;
      };
    }
  }

  boolean holds(Matcher matcher) {
    boolean needed = op.needsAll;
    for (int atom : atoms) {
      if (matcher.holds(atom) != needed) {
        return !op.inTheEnd;
      }
    }
    for (Node one : of) {
      if (one.holds(matcher) != needed) {
        return !op.inTheEnd;
      }
    }
    return op.inTheEnd;
  }
}

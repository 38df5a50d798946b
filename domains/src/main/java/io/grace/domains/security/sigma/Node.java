package io.grace.domains.security.sigma;

/// A condition over numbered atoms, laid out to be judged quickly: what costs least comes first.
/// *Immutable.*
///
/// @param atom of [Op#IS]
record Node(Op op, int atom, Node[] of, int cost) {
  enum Op {
    ALL,
    ANY,
    NOT,
    IS
  }

  boolean holds(Matcher matcher) {
    switch (op) {
      case IS -> {
        return matcher.holds(atom);
      }
      case NOT -> {
        return !of[0].holds(matcher);
      }
      case ALL -> {
        for (Node one : of) {
          if (!one.holds(matcher)) {
            return false;
          }
        }
        return true;
      }
      case ANY -> {
        for (Node one : of) {
          if (one.holds(matcher)) {
            return true;
          }
        }
        return false;
      }
    }
    throw new AssertionError(op);
  }
}

package io.grace.domains.security.sigma;

import java.util.List;

/// What must hold of one event. *Immutable.*
sealed interface Expr {
  /// All of them; without any it always holds.
  record All(List<Expr> of) implements Expr {
    public All {
      of = List.copyOf(of);
    }
  }

  /// At least one of them; without any it never holds.
  record Any(List<Expr> of) implements Expr {
    public Any {
      of = List.copyOf(of);
    }
  }

  record Not(Expr of) implements Expr {}

  record Is(Atom atom) implements Expr {}

  static Expr all(List<Expr> of) {
    return of.size() == 1 ? of.getFirst() : new All(of);
  }

  static Expr any(List<Expr> of) {
    return of.size() == 1 ? of.getFirst() : new Any(of);
  }
}

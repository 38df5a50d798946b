package io.grace.lab.sim;

/// The process dies at a point. Thrown through the loop, as `kill -9` would end it.
final class Chaos extends RuntimeException {
  private static final long serialVersionUID = 1;

  Chaos(String where) {
    super(where, null, false, false);
  }
}

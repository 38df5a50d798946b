package io.grace.intelligence.online;

/// Points at the state of one series within arrays of many; moved from series to series, so that
/// looking at one allocates nothing. *Owned by its bank.*
final class Slice {
  float[] f = {};
  int[] n = {};

  /// Where the slice begins in `f` and in `n`.
  int at;

  int nAt;

  double get(int field) {
    return f[at + field];
  }

  void set(int field, double value) {
    f[at + field] = (float) value;
  }

  int count(int field) {
    return n[nAt + field];
  }

  void count(int field, int value) {
    n[nAt + field] = value;
  }
}

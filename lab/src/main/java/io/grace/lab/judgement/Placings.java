package io.grace.lab.judgement;

/// In which place the true cause was named, over many cases. *Owned by one thread.*
final class Placings {
  /// Places that count; whatever is named later is not found.
  static final int PLACES = 5;

  private final int[] found = new int[PLACES];
  private int cases;

  /// @param place 0 for the first, -1 if it was not named
  void add(int place) {
    cases++;
    if (place >= 0 && place < PLACES) {
      found[place]++;
    }
  }

  int cases() {
    return cases;
  }

  /// AC@k: the share of cases whose true cause is among the first `k`.
  double within(int k) {
    int sum = 0;
    for (int place = 0; place < k; place++) {
      sum += found[place];
    }
    return cases == 0 ? 0 : (double) sum / cases;
  }

  /// Avg@5: the mean of AC@1 to AC@5.
  double average() {
    double sum = 0;
    for (int k = 1; k <= PLACES; k++) {
      sum += within(k);
    }
    return sum / PLACES;
  }
}

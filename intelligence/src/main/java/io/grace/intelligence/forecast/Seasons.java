package io.grace.intelligence.forecast;

/// How many steps the cycles of a series are long: a day and a week, say. A cycle of 1 is none.
/// *Immutable.*
///
/// @param inner the shorter cycle, at least 1
/// @param outer the longer one, 1 if there is none, else a multiple of the inner one
public record Seasons(int inner, int outer) {
  public static final Seasons NONE = new Seasons(1, 1);

  public Seasons {
    if (inner < 1 || outer < 1 || (outer > 1 && outer % inner != 0)) {
      throw new IllegalArgumentException(
          "cycles must be at least 1 and the outer a multiple of the inner: "
              + inner
              + ", "
              + outer);
    }
  }

  /// A single cycle.
  public static Seasons of(int cycle) {
    return new Seasons(cycle, 1);
  }

  /// The longest cycle that the past holds so many times, else 1.
  public int longest(int length, int times) {
    if (outer > 1 && length >= times * outer) {
      return outer;
    }
    return length >= times * inner ? inner : 1;
  }

  /// The shorter cycle if the past holds it so many times, else 1.
  public int innerWithin(int length, int times) {
    return length >= times * inner ? inner : 1;
  }
}

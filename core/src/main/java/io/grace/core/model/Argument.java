package io.grace.core.model;

/// A typed value passed to an action; a whole number is never mistaken for a flag or a text.
/// *Immutable.*
public sealed interface Argument {
  record Text(String value) implements Argument {
    /// No declared action needs more, and every stored value must be bounded.
    private static final int LONGEST = 1024;

    public Text {
      if (value.length() > LONGEST) {
        throw new IllegalArgumentException(
            "a text argument has at most " + LONGEST + " characters: " + value.length());
      }
    }

    @Override
    public String toString() {
      return value;
    }
  }

  record Whole(long value) implements Argument {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  record Decimal(double value) implements Argument {
    public Decimal {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a decimal argument must be finite: " + value);
      }
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  record Flag(boolean value) implements Argument {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }
}

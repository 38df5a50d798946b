package io.grace.core.model;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The type of a parameter and the values that it may take. *Immutable.*
public sealed interface Bound {
  /// Whether the argument has this type and lies within.
  boolean admits(Argument argument);

  /// What is wanted, for messages: `a whole number from -3 to 3`.
  String wanted();

  /// The argument as this type has it: a whole number where a decimal is wanted is one.
  default Argument fitted(Argument argument) {
    return this instanceof DecimalRange && argument instanceof Argument.Whole(long value)
        ? new Argument.Decimal(value)
        : argument;
  }

  record WholeRange(long min, long max) implements Bound {
    public WholeRange {
      if (min > max) {
        throw new IllegalArgumentException("min must not exceed max: " + min + " > " + max);
      }
    }

    @Override
    public boolean admits(Argument argument) {
      return argument instanceof Argument.Whole(long value) && min <= value && value <= max;
    }

    @Override
    public String wanted() {
      return "a whole number from " + min + " to " + max;
    }
  }

  record DecimalRange(double min, double max) implements Bound {
    public DecimalRange {
      if (!(min <= max)) {
        throw new IllegalArgumentException("min must not exceed max: " + min + " > " + max);
      }
    }

    @Override
    public boolean admits(Argument argument) {
      return argument instanceof Argument.Decimal(double value) && min <= value && value <= max;
    }

    @Override
    public String wanted() {
      return "a decimal number from " + min + " to " + max;
    }
  }

  record OneOf(Set<String> values) implements Bound {
    public OneOf {
      values = Set.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("at least one value must be allowed");
      }
    }

    @Override
    public boolean admits(Argument argument) {
      return argument instanceof Argument.Text(String value) && values.contains(value);
    }

    @Override
    public String wanted() {
      return "one of " + String.join(", ", new TreeSet<>(values));
    }
  }

  /// A text that matches the expression as a whole.
  record Matching(String regex) implements Bound {
    public Matching {
      Pattern.compile(regex);
    }

    @Override
    public boolean admits(Argument argument) {
      return argument instanceof Argument.Text(String value) && Pattern.matches(regex, value);
    }

    @Override
    public String wanted() {
      return "a text matching " + regex;
    }
  }

  record TrueOrFalse() implements Bound {
    @Override
    public boolean admits(Argument argument) {
      return argument instanceof Argument.Flag;
    }

    @Override
    public String wanted() {
      return "true or false";
    }
  }
}

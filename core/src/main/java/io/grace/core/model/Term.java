package io.grace.core.model;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// A number in a [Condition]. *Immutable.*
public sealed interface Term {
  /// Empty if something it needs is not known, or it is not a finite number.
  OptionalDouble value(Condition.Facts facts);

  Term with(Condition.Scope names);

  default void measured(Consumer<Measured> found) {}

  default void steps(Consumer<String> found) {}

  record Number(double value) implements Term {
    public Number {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a number must be finite: " + value);
      }
    }

    @Override
    public OptionalDouble value(Condition.Facts facts) {
      return OptionalDouble.of(value);
    }

    @Override
    public Term with(Condition.Scope names) {
      return this;
    }

    @Override
    public String toString() {
      return Check.number(value);
    }
  }

  /// A metric.
  ///
  /// @param target whose; empty means the service that the step is about
  record Measured(Optional<ServiceId> target, MetricId metric) implements Term {
    @Override
    public OptionalDouble value(Condition.Facts facts) {
      return target.map(t -> facts.measured(t, metric)).orElse(OptionalDouble.empty());
    }

    @Override
    public Term with(Condition.Scope names) {
      return target.isPresent() ? this : new Measured(Optional.of(names.service()), metric);
    }

    @Override
    public void measured(Consumer<Measured> found) {
      found.accept(this);
    }

    @Override
    public String toString() {
      return target.map(t -> t + ".").orElse("") + metric;
    }
  }

  /// A parameter of the playbook that is a number.
  record Parameter(String name) implements Term {
    @Override
    public OptionalDouble value(Condition.Facts facts) {
      return OptionalDouble.empty(); // Never definite before its value is put in.
    }

    @Override
    public Term with(Condition.Scope names) {
      return new Number(
          number(names.parameter(name))
              .orElseThrow(
                  () -> new IllegalArgumentException("parameter " + name + " is not a number")));
    }

    @Override
    public String toString() {
      return "param." + name;
    }
  }

  /// A number that a person answered.
  record Answer(String step) implements Term {
    @Override
    public OptionalDouble value(Condition.Facts facts) {
      return facts.result(step).map(Term::number).orElse(OptionalDouble.empty());
    }

    @Override
    public Term with(Condition.Scope names) {
      return new Answer(names.step(step));
    }

    @Override
    public void steps(Consumer<String> found) {
      found.accept(step);
    }

    @Override
    public String toString() {
      return "step." + step;
    }
  }

  /// A calculation; dividing by zero is not known.
  record Arithmetic(Term left, Operator operator, Term right) implements Term {
    @Override
    public OptionalDouble value(Condition.Facts facts) {
      OptionalDouble a = left.value(facts);
      OptionalDouble b = right.value(facts);
      if (a.isEmpty() || b.isEmpty()) {
        return OptionalDouble.empty();
      }
      double result = operator.of(a.getAsDouble(), b.getAsDouble());
      return Double.isFinite(result) ? OptionalDouble.of(result) : OptionalDouble.empty();
    }

    @Override
    public Term with(Condition.Scope names) {
      return new Arithmetic(left.with(names), operator, right.with(names));
    }

    @Override
    public void measured(Consumer<Measured> found) {
      left.measured(found);
      right.measured(found);
    }

    @Override
    public void steps(Consumer<String> found) {
      left.steps(found);
      right.steps(found);
    }

    @Override
    public String toString() {
      return "(" + left + " " + operator.symbol + " " + right + ")";
    }
  }

  enum Operator {
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    BY("/");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    double of(double a, double b) {
      return switch (this) {
        case PLUS -> a + b;
        case MINUS -> a - b;
        case TIMES -> a * b;
        case BY -> a / b;
      };
    }
  }

  private static OptionalDouble number(Argument argument) {
    return switch (argument) {
      case Argument.Whole(long value) -> OptionalDouble.of(value);
      case Argument.Decimal(double value) -> OptionalDouble.of(value);
      case Argument.Text _, Argument.Flag _ -> OptionalDouble.empty();
    };
  }
}

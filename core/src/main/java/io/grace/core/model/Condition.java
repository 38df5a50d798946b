package io.grace.core.model;

import io.grace.core.model.Check.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A claim about measurements, parameters and what came of earlier steps. Data, so that it can be
/// journaled, hashed and judged by the core alone; written in the Common Expression Language and
/// type-checked where it is loaded. *Immutable.*
///
/// [#toString] writes it in that language again, and no two different conditions read the same.
public sealed interface Condition
    permits Check,
        Condition.All,
        Condition.Any,
        Condition.Not,
        Condition.Compare,
        Condition.Is,
        Condition.Constant {
  Truth holds(Facts facts);

  /// The same claim with its names replaced; see [Scope].
  Condition with(Scope names);

  /// Calls back for each metric it rests on, in the order of the text.
  void measured(Consumer<Term.Measured> found);

  /// Calls back for each earlier step it rests on.
  default void steps(Consumer<String> found) {}

  /// What a claim is judged by.
  interface Facts {
    /// The value of a metric; empty if it was not measured.
    OptionalDouble measured(ServiceId service, MetricId metric);

    /// What came of a step; empty if it is not over.
    Optional<Argument> result(String step);
  }

  /// How the names in a claim become definite.
  interface Scope {
    /// The service that a metric without one belongs to.
    ServiceId service();

    /// @throws IllegalArgumentException if there is no such parameter
    Argument parameter(String name);

    /// The full name of the step that is called so here.
    String step(String name);
  }

  /// All of them hold; true if there are none.
  record All(List<Condition> of) implements Condition {
    public All {
      of = List.copyOf(of);
    }

    @Override
    public Truth holds(Facts facts) {
      return of.stream().map(c -> c.holds(facts)).reduce(Truth.TRUE, Truth::and);
    }

    @Override
    public Condition with(Scope names) {
      return new All(of.stream().map(c -> c.with(names)).toList());
    }

    @Override
    public void measured(Consumer<Term.Measured> found) {
      of.forEach(c -> c.measured(found));
    }

    @Override
    public void steps(Consumer<String> found) {
      of.forEach(c -> c.steps(found));
    }

    @Override
    public String toString() {
      return of.isEmpty() ? "true" : joined(of, " && ");
    }
  }

  /// At least one of them holds; false if there are none.
  record Any(List<Condition> of) implements Condition {
    public Any {
      of = List.copyOf(of);
    }

    @Override
    public Truth holds(Facts facts) {
      return of.stream().map(c -> c.holds(facts)).reduce(Truth.FALSE, Truth::or);
    }

    @Override
    public Condition with(Scope names) {
      return new Any(of.stream().map(c -> c.with(names)).toList());
    }

    @Override
    public void measured(Consumer<Term.Measured> found) {
      of.forEach(c -> c.measured(found));
    }

    @Override
    public void steps(Consumer<String> found) {
      of.forEach(c -> c.steps(found));
    }

    @Override
    public String toString() {
      return of.isEmpty() ? "false" : joined(of, " || ");
    }
  }

  record Not(Condition of) implements Condition {
    @Override
    public Truth holds(Facts facts) {
      return of.holds(facts).not();
    }

    @Override
    public Condition with(Scope names) {
      return new Not(of.with(names));
    }

    @Override
    public void measured(Consumer<Term.Measured> found) {
      of.measured(found);
    }

    @Override
    public void steps(Consumer<String> found) {
      of.steps(found);
    }

    @Override
    public String toString() {
      return "!(" + of + ")";
    }
  }

  /// Two numbers compared; unknown if one of them is.
  record Compare(Term left, Comparison comparison, Term right) implements Condition {
    @Override
    public Truth holds(Facts facts) {
      OptionalDouble a = left.value(facts);
      OptionalDouble b = right.value(facts);
      return a.isPresent() && b.isPresent()
          ? Truth.of(comparison.holds(a.getAsDouble(), b.getAsDouble()))
          : Truth.UNKNOWN;
    }

    @Override
    public Condition with(Scope names) {
      return new Compare(left.with(names), comparison, right.with(names));
    }

    @Override
    public void measured(Consumer<Term.Measured> found) {
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
      return left + " " + comparison.symbol() + " " + right;
    }
  }

  /// A parameter, or what came of a step, is exactly this.
  record Is(Subject subject, Argument value) implements Condition {
    /// What is compared.
    public sealed interface Subject {
      record Parameter(String name) implements Subject {
        @Override
        public String toString() {
          return "param." + name;
        }
      }

      record Step(String name) implements Subject {
        @Override
        public String toString() {
          return "step." + name;
        }
      }
    }

    @Override
    public Truth holds(Facts facts) {
      return switch (subject) {
        case Subject.Parameter _ -> Truth.UNKNOWN; // Never definite before its value is put in.
        case Subject.Step(String name) ->
            facts.result(name).map(r -> Truth.of(r.equals(value))).orElse(Truth.UNKNOWN);
      };
    }

    @Override
    public Condition with(Scope names) {
      return switch (subject) {
        case Subject.Parameter(String name) -> new Constant(names.parameter(name).equals(value));
        case Subject.Step(String name) -> new Is(new Subject.Step(names.step(name)), value);
      };
    }

    @Override
    public void measured(Consumer<Term.Measured> found) {}

    @Override
    public void steps(Consumer<String> found) {
      if (subject instanceof Subject.Step(String name)) {
        found.accept(name);
      }
    }

    @Override
    public String toString() {
      return subject + " == " + (value instanceof Argument.Text(String t) ? quoted(t) : value);
    }
  }

  record Constant(boolean value) implements Condition {
    @Override
    public Truth holds(Facts facts) {
      return Truth.of(value);
    }

    @Override
    public Condition with(Scope names) {
      return this;
    }

    @Override
    public void measured(Consumer<Term.Measured> found) {}

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  private static String joined(List<Condition> of, String by) {
    return of.stream()
        .map(c -> c instanceof All || c instanceof Any ? "(" + c + ")" : c.toString())
        .collect(Collectors.joining(by));
  }

  /// As a string literal of the Common Expression Language.
  private static String quoted(String text) {
    var out = new StringBuilder("'");
    text.chars()
        .forEach(c -> {
          if (c == '\'' || c == '\\') {
            out.append('\\').append((char) c);
          } else if (c < ' ' || c == 0x7f) {
            out.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            out.append((char) c);
          }
        });
    return out.append('\'').toString();
  }
}

package io.grace.core.model;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// A claim about a metric, such as `error_ratio < 0.05`. *Immutable.*
///
/// @param target whose metric; empty means the service of the incident
public record Check(
    Optional<ServiceId> target, MetricId metric, Comparison comparison, double value)
    implements Condition {
  /// How the measured value is compared with the wanted one.
  public enum Comparison {
    LESS("<"),
    AT_MOST("<="),
    EQUAL("=="),
    AT_LEAST(">="),
    GREATER(">");

    private final String symbol;

    Comparison(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    /// @throws IllegalArgumentException if there is no such comparison
    public static Comparison ofSymbol(String symbol) {
      for (Comparison c : values()) {
        if (c.symbol.equals(symbol)) {
          return c;
        }
      }
      throw new IllegalArgumentException("comparison must be one of < <= == >= >: " + symbol);
    }

    public boolean holds(double measured, double wanted) {
      return switch (this) {
        case LESS -> measured < wanted;
        case AT_MOST -> measured <= wanted;
        case EQUAL -> Double.compare(measured, wanted) == 0;
        case AT_LEAST -> measured >= wanted;
        case GREATER -> measured > wanted;
      };
    }
  }

  public Check {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a check needs a finite value: " + value);
    }
  }

  public boolean holds(double measured) {
    return comparison.holds(measured, value);
  }

  @Override
  public Truth holds(Facts facts) {
    OptionalDouble measured =
        target.map(t -> facts.measured(t, metric)).orElse(OptionalDouble.empty());
    return measured.isPresent() ? Truth.of(holds(measured.getAsDouble())) : Truth.UNKNOWN;
  }

  @Override
  public Check with(Scope names) {
    return on(names.service());
  }

  /// The same claim about a definite service.
  public Check on(ServiceId service) {
    return target.isPresent() ? this : new Check(Optional.of(service), metric, comparison, value);
  }

  @Override
  public void measured(Consumer<Term.Measured> found) {
    found.accept(new Term.Measured(target, metric));
  }

  @Override
  public String toString() {
    return target.map(t -> t + ".").orElse("")
        + metric
        + " "
        + comparison.symbol()
        + " "
        + number(value);
  }

  /// Whole numbers without a point, as people write them.
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }
}

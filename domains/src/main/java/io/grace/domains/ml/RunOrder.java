package io.grace.domains.ml;

import io.grace.domains.ml.Tracking.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// One column that runs are ordered by. *Immutable.*
///
/// Runs without a value come last in either direction, behind those whose value is no number.
record RunOrder(Column column, boolean isDescending) implements Comparator<Run> {
  /// The youngest first, then by id: MLflow's order where nothing else decides.
  private static final Comparator<Run> NATURAL =
      Comparator.<Run>comparingLong(r -> -r.info().startedMs()).thenComparing(r -> r.info().id());

  static Comparator<Run> of(List<RunOrder> orders) {
    Comparator<Run> all = (_, _) -> 0;
    for (RunOrder order : orders) {
      all = all.thenComparing(order);
    }
    return all.thenComparing(NATURAL);
  }

  @Override
  public int compare(Run a, Run b) {
    return column.isNumber()
        ? numbers(column.number(a), column.number(b))
        : texts(column.text(a), column.text(b));
  }

  private int numbers(OptionalDouble x, OptionalDouble y) {
    if (rank(x) != 0 || rank(y) != 0) {
      return Integer.compare(rank(x), rank(y));
    }
    return isDescending
        ? Double.compare(y.getAsDouble(), x.getAsDouble())
        : Double.compare(x.getAsDouble(), y.getAsDouble());
  }

  private int texts(Optional<String> x, Optional<String> y) {
    if (x.isEmpty() || y.isEmpty()) {
      return Boolean.compare(x.isEmpty(), y.isEmpty());
    }
    return isDescending ? y.get().compareTo(x.get()) : x.get().compareTo(y.get());
  }

  private static int rank(OptionalDouble value) {
    return value.isEmpty() ? 2 : Double.isNaN(value.getAsDouble()) ? 1 : 0;
  }
}

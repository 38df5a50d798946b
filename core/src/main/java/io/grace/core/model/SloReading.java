package io.grace.core.model;

import java.time.Instant;
import java.util.List;

/// How a service level objective stands. *Immutable.*
///
/// A burn rate is the share of bad events in a window divided by the share that the objective
/// allows: at 1 the budget lasts exactly the objective's window (Beyer et al., *The Site
/// Reliability Workbook*, 2018, ch. 5).
///
/// @param objective the share of good events that is wanted, in (0, 1)
/// @param budgetLeft of the error budget, 1 untouched, 0 spent, negative overdrawn
/// @param burns by window, the longest last
/// @param alarm the most urgent alarm that holds
/// @param reason one sentence for people
public record SloReading(
    SloId slo,
    ServiceId service,
    double objective,
    double budgetLeft,
    List<Burn> burns,
    Alarm alarm,
    String reason,
    Instant at) {
  /// @param window such as `1h`
  /// @param rate 0 and more
  public record Burn(String window, double rate) {}

  /// What a burn rate asks for.
  public enum Alarm {
    NONE,
    /// Somebody looks at it in working hours.
    TICKET,
    /// Somebody looks at it now.
    PAGE
  }

  public SloReading {
    burns = List.copyOf(burns);
    if (!(objective > 0 && objective < 1)) {
      throw new IllegalArgumentException(slo + ": objective must be in (0, 1): " + objective);
    }
    if (!Double.isFinite(budgetLeft)) {
      throw new IllegalArgumentException(slo + ": the budget must be finite: " + budgetLeft);
    }
  }
}

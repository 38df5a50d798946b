package io.grace.core.model;

import java.util.List;

/// One look at the whole: how bad it is, what to attend to, and how much GRACE may do by itself
/// until the next look. *Immutable.*
///
/// @param number from 1
/// @param distress min(100, 30·critical + 10·degraded + 20·open incidents)
/// @param evidence why this focus and this guardrail, one sentence each
/// @param advice what each adviser said
public record MetaCycle(
    long number,
    Focus focus,
    Guardrail guardrail,
    int distress,
    List<ServiceId> critical,
    List<ServiceId> degraded,
    int openIncidents,
    List<String> evidence,
    List<Advice> advice) {
  /// What needs attention most.
  public enum Focus {
    LATENCY_DRIFT,
    ERROR_SPIKE,
    CAPACITY_STRAIN,
    DEPENDENCY_HEALTH,
    TRUST_VIOLATIONS,
    ROUTINE_MAINTENANCE
  }

  /// The limits of autonomous action; beyond them people are asked.
  public enum Guardrail {
    TIGHT(0.95, 1, Impact.LOW),
    MAINTAIN(0.80, 2, Impact.MEDIUM),
    LOOSE(0.65, 3, Impact.MEDIUM);

    private final double minConfidence;
    private final int maxBlastRadius;
    private final Impact maxImpact;

    Guardrail(double minConfidence, int maxBlastRadius, Impact maxImpact) {
      this.minConfidence = minConfidence;
      this.maxBlastRadius = maxBlastRadius;
      this.maxImpact = maxImpact;
    }

    public double minConfidence() {
      return minConfidence;
    }

    public int maxBlastRadius() {
      return maxBlastRadius;
    }

    public Impact maxImpact() {
      return maxImpact;
    }
  }

  /// Before the first look.
  public static final MetaCycle NONE =
      new MetaCycle(
          0,
          Focus.ROUTINE_MAINTENANCE,
          Guardrail.MAINTAIN,
          0,
          List.of(),
          List.of(),
          0,
          List.of("no cycle yet"),
          List.of());

  public MetaCycle {
    critical = List.copyOf(critical);
    degraded = List.copyOf(degraded);
    evidence = List.copyOf(evidence);
    advice = List.copyOf(advice);
  }

  public static int distress(int critical, int degraded, int openIncidents) {
    return Math.min(100, 30 * critical + 10 * degraded + 20 * openIncidents);
  }
}

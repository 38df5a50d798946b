package io.grace.core.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.fixture.Shop;
import io.grace.core.model.Health;
import io.grace.core.model.Health.Status;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Symptom;
import io.grace.core.model.Topology;
import io.grace.core.policy.TriageRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TriageTest {
  private static final ServiceId STOCK = new ServiceId("stock");

  /// Orders call payments, payments call stock.
  private static final Triage TRIAGE =
      new Triage(
          TriageRule.DEFAULTS,
          new Topology(Map.of(Shop.ORDERS, Set.of(Shop.PAYMENTS), Shop.PAYMENTS, Set.of(STOCK))));

  @Test
  void firstRuleThatMatchesNamesTheDiagnosis() {
    Health health = sick(Status.CRITICAL, symptom(Shop.LATENCY, 1500), symptom(Shop.UP, 0));

    assertEquals(
        TriageRule.SERVICE_DOWN,
        TRIAGE.diagnose(Shop.ORDERS, health, List.of(), Optional.empty(), all()).kind());
  }

  @Test
  void serviceThatIsDownIsCritical() {
    Health health = sick(Status.CRITICAL, symptom(Shop.UP, 0));

    assertEquals(
        Severity.CRITICAL,
        TRIAGE.diagnose(Shop.ORDERS, health, List.of(), Optional.empty(), all()).severity());
  }

  @Test
  void unmatchedSymptomsAreAGeneralDegradation() {
    Health health = sick(Status.DEGRADED, symptom(Shop.LATENCY, 600));

    assertEquals(
        TriageRule.GENERAL_DEGRADATION,
        TRIAGE.diagnose(Shop.ORDERS, health, List.of(), Optional.empty(), all()).kind());
  }

  @Test
  void deepestSickDependencyIsTheCause() {
    Health slow = sick(Status.DEGRADED, symptom(Shop.LATENCY, 1500));

    var diagnosis =
        TRIAGE.diagnose(Shop.ORDERS, slow, List.of(), Optional.empty(), all(Shop.PAYMENTS, STOCK));

    assertEquals(Optional.of(STOCK), diagnosis.causedBy());
  }

  @Test
  void healthyDependenciesAreNoCause() {
    Health slow = sick(Status.DEGRADED, symptom(Shop.LATENCY, 1500));

    assertEquals(
        Optional.empty(),
        TRIAGE.diagnose(Shop.ORDERS, slow, List.of(), Optional.empty(), all()).causedBy());
  }

  @Test
  void callerIsNeverTheCause() {
    Health slow = sick(Status.DEGRADED, symptom(Shop.LATENCY, 1500));

    assertEquals(
        Optional.empty(),
        TRIAGE
            .diagnose(Shop.PAYMENTS, slow, List.of(), Optional.empty(), all(Shop.ORDERS))
            .causedBy());
  }

  private static Symptom symptom(MetricId metric, double value) {
    return new Symptom(metric, value, 0.5, 1, Optional.empty(), "test");
  }

  private static Health sick(Status status, Symptom... symptoms) {
    return new Health(status, 1, List.of(symptoms));
  }

  private static java.util.function.Function<ServiceId, Health> all(ServiceId... sick) {
    return service -> List.of(sick).contains(service) ? Shop.slow(1) : Health.UNKNOWN;
  }
}

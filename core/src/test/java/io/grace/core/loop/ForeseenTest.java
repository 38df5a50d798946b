package io.grace.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Sighting.TriggerJudged;
import io.grace.core.fixture.Ear;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Foreseen;
import io.grace.core.model.Health.Status;
import io.grace.core.model.Metric;
import io.grace.core.model.MetricId;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Trigger;
import io.grace.core.model.Trigger.Kind;
import io.grace.core.model.Trigger.Outcome;
import io.grace.core.policy.Policy;
import io.grace.core.state.Sensed.Judged;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is foretold takes the way of what is measured, with less weight.
class ForeseenTest {
  private static final Instant NOW = Shop.NOW;
  private static final MetricId AHEAD = Foreseen.of(Shop.LATENCY);

  private final Policy policy = foreseeing(Shop.OPEN.policy());
  private final Ear ear = new Ear(policy);

  @Test
  void breachThatIsForeseenIsActedOnBeforeItComes() {
    ear.measure(NOW, Shop.ORDERS, Shop.LATENCY, 300);
    ear.measure(NOW.plusSeconds(1), Shop.ORDERS, AHEAD, 1500);

    assertEquals(Severity.LOW, ear.all(IncidentOpened.class).getFirst().severity());
    var diagnosis = ear.all(IncidentDiagnosed.class).getFirst().diagnosis();
    assertEquals(Shop.SPIKE, diagnosis.kind());
    assertTrue(diagnosis.reason().contains("latency_ms will be at least"), diagnosis::reason);
    assertEquals(1, ear.all(RunProposed.class).size());
  }

  @Test
  void runThatAvertsSucceedsOnlyOnceNothingIsForeseenAnyMore() {
    ear.measure(NOW, Shop.ORDERS, AHEAD, 1500);

    var plan = ear.all(RunProposed.class).getFirst().proposal().plan();

    assertTrue(
        plan.verification().checks().toString().contains("orders.latency_ms_ahead < 500"),
        () -> plan.verification().checks().toString());
  }

  @Test
  void whatIsOnlyForeseenIsNeverCritical() {
    ear.measure(NOW, Shop.ORDERS, AHEAD, 1e9);

    assertEquals(Status.DEGRADED, ear.snapshot().health(Shop.ORDERS).status());
    assertFalse(ear.snapshot().health(Shop.ORDERS).isSickNow());
  }

  @Test
  void whatIsSoAlreadyIsNotForeseen() {
    ear.measure(NOW, Shop.ORDERS, AHEAD, 1500);
    ear.measure(NOW.plusSeconds(1), Shop.ORDERS, Shop.LATENCY, 900);

    var symptoms = ear.snapshot().health(Shop.ORDERS).symptoms();

    assertEquals(List.of(Shop.LATENCY), symptoms.stream().map(s -> s.metric()).toList());
  }

  @Test
  void troubleThatIsOnlyForeseenIsNotTheCauseOfAnother() {
    ear.measure(NOW, Shop.PAYMENTS, AHEAD, 1500);
    ear.measure(NOW.plusSeconds(1), Shop.ORDERS, Shop.LATENCY, 900);

    var diagnosis = ear.all(IncidentDiagnosed.class).getLast().diagnosis();

    assertEquals(Shop.ORDERS, diagnosis.service());
    assertEquals(Optional.empty(), diagnosis.causedBy());
  }

  @Test
  void foreseenTroubleDoesNotMakeAForecastTrue() {
    ear.hear(NOW, foretold(Shop.ORDERS));
    ear.measure(NOW.plusSeconds(30), Shop.ORDERS, AHEAD, 1500);

    assertEquals(List.of(), ear.all(TriggerJudged.class));
  }

  @Test
  void forecastThatWasActedOnCountsNeitherWay() {
    ear.hear(NOW, foretold(Shop.ORDERS));
    ear.helped(Shop.RUN, NOW.plusSeconds(60), Duration.ofSeconds(20));

    ear.hear(NOW.plusSeconds(1801));

    assertEquals(Outcome.AVERTED, ear.all(TriggerJudged.class).getFirst().outcome());
    assertEquals(1, judged().averted());
    assertEquals(0.5, judged().precision());
  }

  @Test
  void breachThatNobodyForetoldIsMissed() {
    ear.measure(NOW, Shop.ORDERS, Shop.LATENCY, 900);

    assertEquals(1, judged().missed());
    assertEquals(0, judged().recall().orElseThrow());
  }

  @Test
  void breachThatWasForetoldCountsOnceWithItsLead() {
    ear.hear(NOW, foretold(Shop.ORDERS));
    ear.measure(NOW.plusSeconds(600), Shop.ORDERS, Shop.LATENCY, 900);

    assertEquals(new Judged(1, 0, 0, 0, 600), judged());
  }

  @Test
  void personCanSayThatThereWasNothingToATrigger() {
    ear.hear(NOW, foretold(Shop.ORDERS));
    String key = ear.snapshot().sensed().triggers().keySet().iterator().next();
    var command = new Command.Judge(key, false, "ann", "the batch job did it");

    var outcome = Commands.decide(command, ear.snapshot(), policy, ear.samples, NOW);

    ear.record(List.of(((Commands.Outcome.Accepted) outcome).event().orElseThrow()));
    assertEquals("ann", ear.all(TriggerJudged.class).getFirst().actor());
    assertEquals(1, judged().not());
    assertInstanceOf(
        Commands.Outcome.Refused.class,
        Commands.decide(command, ear.snapshot(), policy, ear.samples, NOW));
  }

  private Judged judged() {
    return ear.snapshot().sensed().judged(Kind.ML_ANOMALY_FORECAST, Foreseen.source(Shop.LATENCY));
  }

  private static Report foretold(ServiceId service) {
    return new Report.Found(
        new Trigger(
            Kind.ML_ANOMALY_FORECAST,
            Foreseen.source(Shop.LATENCY),
            Optional.of(service),
            0.99,
            "it will be slow",
            NOW,
            NOW.plusSeconds(1800)));
  }

  private static Policy foreseeing(Policy p) {
    var metrics = new HashMap<>(p.metrics());
    Metric m = Objects.requireNonNull(p.metrics().get(Shop.LATENCY));
    metrics.put(AHEAD, new Metric(AHEAD, m.unit(), m.direction(), m.degraded(), m.critical()));
    return new Policy(
        p.hash(),
        p.ceiling(),
        p.services(),
        metrics,
        p.triage(),
        p.playbooks(),
        p.catalogue(),
        p.calendar(),
        p.limits(),
        p.approvals(),
        p.topology(),
        p.sensing(),
        p.learning());
  }
}

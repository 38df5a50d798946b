package io.grace.runtime.foresight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Sighting.ChangeSeen;
import io.grace.core.event.Sighting.SloMeasured;
import io.grace.core.model.Change;
import io.grace.core.model.Foreseen;
import io.grace.core.model.Hash;
import io.grace.core.model.Metric;
import io.grace.core.model.Metric.Direction;
import io.grace.core.model.MetricId;
import io.grace.core.model.Mode;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.model.SloId;
import io.grace.core.model.SloReading;
import io.grace.core.model.Trigger.Kind;
import io.grace.core.policy.Approvals;
import io.grace.core.policy.ChangeCalendar;
import io.grace.core.policy.Learning;
import io.grace.core.policy.Limits;
import io.grace.core.policy.Policy;
import io.grace.core.policy.Sensing;
import io.grace.core.policy.TriageRule;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The four triggers of foresight, each from measurements or from what is recorded.
class PredictorTest {
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final ServiceId ORDERS = new ServiceId("orders");
  private static final MetricId LATENCY = new MetricId("latency_ms");
  private static final MetricId MEMORY = new MetricId("memory_ratio");

  private static final Policy POLICY =
      new Policy(
          Hash.sha256("policy"),
          Mode.OBSERVE,
          Map.of(),
          Map.of(
              LATENCY,
              new Metric(LATENCY, "ms", Direction.HIGHER_IS_WORSE, 500, 1000),
              MEMORY,
              new Metric(MEMORY, "ratio", Direction.HIGHER_IS_WORSE, 0.85, 0.95),
              Foreseen.of(MEMORY),
              new Metric(Foreseen.of(MEMORY), "ratio", Direction.HIGHER_IS_WORSE, 0.85, 0.95)),
          TriageRule.DEFAULTS,
          List.of(),
          Map.of(),
          ChangeCalendar.always(),
          Limits.DEFAULTS,
          Approvals.DEFAULTS,
          Policy.topology(Map.of()),
          Sensing.DEFAULTS,
          Learning.ON);

  private final Random random = new Random(4);
  private Snapshot snapshot = Snapshot.EMPTY;
  private final Predictor predictor = new Predictor(POLICY, () -> snapshot);

  @Test
  void latencyThatRisesTowardsItsThresholdIsForetold() {
    feed(LATENCY, 120, i -> 100 + 3.2 * i + 0.3 * random.nextGaussian());

    assertEquals(List.of(Kind.ML_ANOMALY_FORECAST), kinds(120));
  }

  @Test
  void latencyThatOnlyTremblesIsNot() {
    feed(LATENCY, 120, i -> 300 + 40 * random.nextGaussian());

    assertEquals(List.of(), kinds(120));
  }

  @Test
  void whatPeopleWantForeseenComesWithTheMeasurements() {
    var ahead = new ArrayList<Signal>();
    for (int i = 0; i < 120; i++) {
      ahead.addAll(predictor.take(List.of(signal(MEMORY, i, 0.3 + 0.003 * i))));
    }

    Signal last = ahead.getLast();
    assertEquals(Foreseen.of(MEMORY), last.metric());
    assertEquals(START.plusSeconds(15L * 119), last.at());
    assertEquals(0.3 + 0.003 * 179, last.value(), 0.01);
  }

  @Test
  void nobodyForeseesWhatPeopleDidNotAskFor() {
    feed(LATENCY, 120, i -> 100 + i);

    assertEquals(List.of(), predictor.take(List.of(signal(LATENCY, 120, 220))));
  }

  @Test
  void forecastsThatComeBackAsMeasurementsAreNotForecastAgain() {
    predictor.take(List.of(signal(Foreseen.of(MEMORY), 1, 0.9)));

    assertEquals(List.of(), predictor.metrics(ORDERS));
  }

  @Test
  void whatAMetricHardlyEverDidIsAnAnomaly() {
    feed(LATENCY, 4 * 600, i -> 100 + 5 * random.nextGaussian());
    kinds(4 * 600);

    feed(LATENCY, 4 * 600, 4 * 620, _ -> 400 + 5 * random.nextGaussian());

    assertTrue(kinds(4 * 620).contains(Kind.ML_ANOMALY_DETECTED), () -> kinds(4 * 620).toString());
  }

  @Test
  void whatIsDegradedAlreadyNeedsNoForecast() {
    feed(LATENCY, 120, i -> 400 + 2.5 * i);

    assertEquals(List.of(), kinds(120));
  }

  @Test
  void memoryThatFillsSteadilyIsACapacityPrediction() {
    feed(MEMORY, 400, i -> 0.40 + 0.0006 * i + 0.01 * random.nextGaussian());

    assertTrue(kinds(400).contains(Kind.ML_CAPACITY_PREDICTION), () -> kinds(400).toString());
  }

  @Test
  void anotherDistributionIsADrift() {
    feed(LATENCY, 720, i -> (i < 600 ? 100 : 180) + 5 * random.nextGaussian());

    assertTrue(kinds(720).contains(Kind.ML_DRIFT_DETECTED), () -> kinds(720).toString());
  }

  @Test
  void changeOnAThinBudgetIsARisk() {
    snapshot =
        snapshot.after(
            List.of(
                new ChangeSeen(
                    new Change("d-1", ORDERS, Change.Kind.DEPLOY, "v2", "", "", List.of(), START),
                    START),
                new SloMeasured(
                    new SloReading(
                        new SloId("checkout"),
                        ORDERS,
                        0.999,
                        0.1,
                        List.of(),
                        SloReading.Alarm.NONE,
                        "",
                        START),
                    START)));

    assertEquals(List.of(Kind.ML_RISK_ASSESSMENT), kinds(1));
  }

  @Test
  void changeAloneIsNoRisk() {
    snapshot =
        snapshot.after(
            List.of(
                new ChangeSeen(
                    new Change("d-1", ORDERS, Change.Kind.DEPLOY, "v2", "", "", List.of(), START),
                    START)));

    assertEquals(List.of(), kinds(1));
  }

  @Test
  void whatWasMeasuredIsSeenOnceInOrderWithItsCourse() {
    feed(LATENCY, 700, i -> 100 + 0.1 * i + random.nextGaussian());

    Seen seen = predictor.seen(ORDERS, LATENCY).orElseThrow();

    var times = seen.points().stream().map(Seen.Point::at).toList();
    assertEquals(times.stream().sorted().distinct().toList(), times);
    assertEquals(700, times.size()); // Three hours of grid hold 720.
    var course = seen.ahead().orElseThrow().course();
    assertTrue(course.getFirst().at().isAfter(times.getLast()));
    assertTrue(course.stream().allMatch(e -> e.low() < e.middle() && e.middle() < e.high()));
    assertEquals(List.of(LATENCY), predictor.metrics(ORDERS));
    assertTrue(predictor.seen(ORDERS, MEMORY).isEmpty());
  }

  @Test
  void nothingIsExpectedOfAFewSamples() {
    feed(LATENCY, 5, i -> 100 + i);

    assertTrue(predictor.seen(ORDERS, LATENCY).orElseThrow().ahead().isEmpty());
  }

  private void feed(MetricId metric, int count, IntToDoubleFunction value) {
    feed(metric, 0, count, value);
  }

  private void feed(MetricId metric, int from, int to, IntToDoubleFunction value) {
    IntStream.range(from, to)
        .forEach(i -> predictor.take(List.of(signal(metric, i, value.applyAsDouble(i)))));
  }

  private static Signal signal(MetricId metric, int step, double value) {
    return new Signal(ORDERS, metric, value, START.plusSeconds(15L * step), "test");
  }

  private List<Kind> kinds(int steps) {
    return predictor.collect(START.plusSeconds(15L * steps)).stream()
        .map(r -> ((Report.Found) r).trigger().kind())
        .toList();
  }
}

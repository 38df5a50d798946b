package io.grace.runtime.judgement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.LifeStarted;
import io.grace.core.event.Sighting.CausesRanked;
import io.grace.core.model.Causes;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetricId;
import io.grace.core.model.Mode;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Signal;
import io.grace.core.policy.Learning;
import io.grace.core.policy.Policy;
import io.grace.core.state.Snapshot;
import io.grace.runtime.codec.SnapshotCodec;
import io.grace.runtime.foresight.Predictor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Where an incident comes from, by all that is measured.
class CauseFinderTest {
  private static final Policy POLICY = Web.policy(Learning.ON);
  private static final IncidentId INCIDENT = new IncidentId("i-000001");
  private static final int NORMAL = 240;

  private final Random random = new Random(1);
  private Snapshot snapshot = Snapshot.EMPTY;
  private final Predictor predictor = new Predictor(POLICY, () -> snapshot);
  private final CauseFinder finder = new CauseFinder(POLICY, () -> snapshot, predictor::recent);

  @Test
  void callerThatIsSlowIsTracedToTheServiceThatItCallsAndThatIsBusy() {
    for (int second = 0; second < NORMAL + 30; second++) {
      boolean isBad = second >= NORMAL;
      measure(Web.A, Web.LATENCY, isBad ? 1500 : 60, 8, second);
      measure(Web.A, Web.CPU, 0.3, 0.02, second);
      measure(Web.B, Web.LATENCY, isBad ? 1400 : 40, 8, second);
      measure(Web.B, Web.CPU, isBad ? 0.97 : 0.25, 0.01, second);
    }

    Causes causes = traced(NORMAL + 30);

    assertEquals(Web.B, causes.ranked().getFirst().service());
    assertTrue(causes.likely().isPresent(), causes.toString());
  }

  @Test
  void whereNothingMovedNobodyIsBlamed() {
    for (int second = 0; second < NORMAL + 30; second++) {
      measure(Web.A, Web.LATENCY, 60, 8, second);
      measure(Web.B, Web.LATENCY, 40, 8, second);
      measure(Web.B, Web.CPU, 0.25, 0.01, second);
    }

    assertEquals(Optional.empty(), traced(NORMAL + 30).likely());
  }

  @Test
  void sameAnswerIsNoNews() {
    for (int second = 0; second < NORMAL + 30; second++) {
      measure(Web.A, Web.LATENCY, second >= NORMAL ? 1500 : 60, 8, second);
      measure(Web.B, Web.LATENCY, 40, 8, second);
    }
    Instant at = Web.NOW.plusSeconds(NORMAL + 30);
    Causes first = traced(NORMAL + 30);
    snapshot = snapshot.after(List.of(new CausesRanked(INCIDENT, first, at)));

    assertEquals(List.of(), finder.collect(at.plusSeconds(10)));
  }

  @Test
  void earlierIncidentsOfTheSameKindMakeACauseLikelierAndStandInItsReason() {
    for (int second = 0; second < NORMAL + 30; second++) {
      boolean isBad = second >= NORMAL;
      measure(Web.A, Web.LATENCY, isBad ? 1500 : 60, 8, second);
      measure(Web.B, Web.LATENCY, isBad ? 300 : 40, 8, second);
    }
    Causes without = traced(NORMAL + 30);
    snapshot = sixTimesFromB();

    Causes with = traced(new CauseFinder(POLICY, () -> snapshot, predictor::recent), NORMAL + 30);

    assertTrue(chance(with, Web.B) > chance(without, Web.B), without + "\n" + with);
    String why = cause(with, Web.B).why();
    assertTrue(
        why.contains("6 of 6 earlier incidents that looked like this came from web-b."), why);
  }

  @Test
  void sameStateGivesTheSameCauses() {
    for (int second = 0; second < NORMAL + 30; second++) {
      measure(Web.A, Web.LATENCY, second >= NORMAL ? 1500 : 60, 8, second);
      measure(Web.B, Web.LATENCY, second >= NORMAL ? 300 : 40, 8, second);
    }
    snapshot = sixTimesFromB();
    Causes first = traced(NORMAL + 30);
    snapshot = SnapshotCodec.snapshot(SnapshotCodec.bytes(sixTimesFromB()));

    assertEquals(
        first, traced(new CauseFinder(POLICY, () -> snapshot, predictor::recent), NORMAL + 30));
  }

  private static Snapshot sixTimesFromB() {
    var past = new Past();
    for (int i = 0; i < 6; i++) {
      past.healed(List.of(Web.A, Web.B), Web.B);
    }
    return past.snapshot();
  }

  private static Causes.Cause cause(Causes causes, ServiceId service) {
    return causes.ranked().stream()
        .filter(c -> c.service().equals(service))
        .findFirst()
        .orElseThrow();
  }

  private static double chance(Causes causes, ServiceId service) {
    return cause(causes, service).probability();
  }

  private Causes traced(int second) {
    return traced(finder, second);
  }

  private Causes traced(CauseFinder asked, int second) {
    Instant now = Web.NOW.plusSeconds(second);
    snapshot =
        snapshot.after(
            List.of(
                new LifeStarted(1, "test", Hash.sha256("web"), Mode.AUTONOMOUS, now),
                new IncidentOpened(INCIDENT, Web.A, Hash.sha256("x"), Severity.MEDIUM, now)));
    List<Report> reports = asked.collect(now);
    assertEquals(1, reports.size());
    return ((Report.Traced) reports.getFirst()).causes();
  }

  private void measure(ServiceId service, MetricId metric, double level, double noise, int second) {
    predictor.take(
        List.of(
            new Signal(
                service,
                metric,
                Math.max(0, level + noise * random.nextGaussian()),
                Web.NOW.plusSeconds(second),
                "test")));
  }
}

package io.grace.runtime.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.RunObserved;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Sighting.ChangeSeen;
import io.grace.core.model.Action;
import io.grace.core.model.BlastRadius;
import io.grace.core.model.Change;
import io.grace.core.model.Check;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Hash;
import io.grace.core.model.Impact;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetricId;
import io.grace.core.model.Mode;
import io.grace.core.model.Plan;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.Retries;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Verification;
import io.grace.runtime.config.ExitCriteria;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShadowTest {
  private static final ServiceId ORDERS = new ServiceId("orders");
  private static final IncidentId INCIDENT = new IncidentId("i-000001");
  private static final RunId RUN = new RunId("r-000001");
  private static final Instant AT = Instant.parse("2026-11-02T12:00:00Z");

  @Test
  void whatRecoveredSoonerThanItCouldHaveBeenVerifiedWasNeedless() {
    var row = judged(observed(true, 30));

    assertEquals(List.of(0, 1, 0), List.of(row.right(), row.needless(), row.wrong()));
  }

  @Test
  void whatDidNotRecoverInTimeWasRight() {
    assertEquals(1, judged(observed(false, 1800)).right());
    assertEquals(1, judged(observed(true, 600)).right());
  }

  @Test
  void aRecoveryAfterSomebodyChangedTheServiceIsNotOneByItself() {
    var change =
        new Change("c1", ORDERS, Change.Kind.FLAG, "off", "ann", "", List.of(), AT.plusSeconds(10));

    var row = judged(new ChangeSeen(change, AT.plusSeconds(11)), observed(true, 30));

    assertEquals(1, row.right());
    assertEquals(1, row.touched());
  }

  @Test
  void aProposalForAnotherDiagnosisWasWrong() {
    var other = new IncidentDiagnosed(INCIDENT, diagnosis("service_down"), AT.plusSeconds(60));

    assertEquals(1, judged(other, observed(false, 1800)).wrong());
  }

  @Test
  void criteriaThatAreNotMetAreNamed() {
    var row = judged(observed(true, 30));

    assertEquals(
        List.of(
            "0 of 14 days", "1 of 20 proposals", "0% right of 90%", "100% needless, at most 20%"),
        row.missing(ExitCriteria.DEFAULTS));
  }

  @Test
  void enoughOfTheRightEarnsMore() {
    var shadow = new Shadow();
    for (int day = 0; day < 20; day++) {
      Instant at = AT.plus(Duration.ofDays(day));
      shadow.read(proposed(at));
      shadow.read(new RunObserved(RUN, "", false, Duration.ofMinutes(30), at.plusSeconds(1800)));
    }

    assertEquals(List.of(), shadow.rows().getFirst().missing(ExitCriteria.DEFAULTS));
    assertTrue(shadow.lines(ExitCriteria.DEFAULTS).getLast().contains("MET"));
    assertTrue(shadow.lines(ExitCriteria.DEFAULTS).stream().allMatch(line -> line.length() <= 80));
  }

  private static Event observed(boolean recovered, int after) {
    return new RunObserved(
        RUN, "would act", recovered, Duration.ofSeconds(after), AT.plusSeconds(after));
  }

  private static Shadow.Row judged(Event... events) {
    var shadow = new Shadow();
    shadow.read(proposed(AT));
    List.of(events).forEach(shadow::read);
    return shadow.rows().getFirst();
  }

  private static Diagnosis diagnosis(String kind) {
    return new Diagnosis(
        ORDERS,
        new DiagnosisKind(kind),
        Severity.HIGH,
        1,
        List.of(),
        Optional.empty(),
        List.of(),
        "");
  }

  private static RunProposed proposed(Instant at) {
    var check =
        new Check(Optional.of(ORDERS), new MetricId("error_ratio"), Check.Comparison.LESS, 0.05);
    var act =
        new Plan.Act(
            new Action("restart_service", ORDERS, Map.of()),
            Duration.ofSeconds(30),
            Retries.NONE,
            Optional.empty(),
            Optional.empty(),
            false);
    var plan =
        new Plan(
            new PlaybookId("restart_service"),
            1,
            ORDERS,
            List.of(),
            List.of(new Plan.Step("restart", act, List.of(), List.of(), Optional.empty())),
            List.of(),
            new Verification(List.of(check), Duration.ZERO, 1, 1, Duration.ofMinutes(2)),
            Impact.LOW,
            true,
            Duration.ofMinutes(5));
    var proposal =
        new Proposal(
            INCIDENT,
            diagnosis("elevated_errors"),
            plan,
            Hash.sha256("plan"),
            Hash.sha256("policy"),
            new BlastRadius(Set.of(ORDERS), Set.of(), 1),
            Event.GRACE,
            Mode.OBSERVE,
            List.of());
    return new RunProposed(RUN, proposal, List.of(), "would act", at.plusSeconds(1800), at);
  }
}

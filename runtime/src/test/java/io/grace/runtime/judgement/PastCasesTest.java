package io.grace.runtime.judgement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.state.Snapshot;
import io.grace.intelligence.cause.Case;
import io.grace.intelligence.cause.Precedents;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Precedents of the state as cases of a scene.
class PastCasesTest {
  private static final ServiceId C = new ServiceId("c");
  private static final ServiceId D = new ServiceId("d");
  private static final List<ServiceId> SERVICES = List.of(Web.A, Web.B, C, D);

  @Test
  void healedCauseIsACaseOfFullWeight() {
    Snapshot state = new Past().healed(List.of(Web.A, Web.B), Web.B).snapshot();

    assertEquals(
        List.of(new Case(Set.of(1), Set.of(0, 1), 1)), PastCases.of(state, SERVICES).cases());
  }

  @Test
  void tracedCauseIsBelievedHalf() {
    Snapshot state = new Past().traced(List.of(Web.A, Web.B), Web.B).snapshot();

    assertEquals(
        List.of(new Case(Set.of(1), Set.of(0, 1), 0.5)), PastCases.of(state, SERVICES).cases());
  }

  @Test
  void causesOfTheSameTimeThatMadeEachOtherSuspectAreOneCase() {
    Snapshot state = new Past().healed(List.of(Web.A, Web.B, C), Web.B, C).snapshot();

    assertEquals(2, state.precedents().size());
    assertEquals(
        List.of(new Case(Set.of(1, 2), Set.of(0, 1, 2), 1)), PastCases.of(state, SERVICES).cases());
  }

  @Test
  void causesOfDifferentTimesAreDifferentCases() {
    Snapshot state =
        new Past().healed(List.of(Web.A, Web.B), Web.B).healed(List.of(Web.A, C), C).snapshot();

    assertEquals(2, PastCases.of(state, SERVICES).cases().size());
  }

  @Test
  void whoIsWatchedNoMoreIsLeftOut() {
    Snapshot state =
        new Past().healed(List.of(Web.A, D, Web.B), Web.B).healed(List.of(Web.A, D), D).snapshot();

    assertEquals(
        List.of(new Case(Set.of(1), Set.of(0, 1), 1)),
        PastCases.of(state, List.of(Web.A, Web.B)).cases());
  }

  @Test
  void whoHasAnOpenIncidentSuffersNow() {
    Snapshot state =
        new Past()
            .healed(List.of(Web.A, Web.B), Web.B)
            .snapshot()
            .after(
                List.of(
                    new IncidentOpened(
                        new IncidentId("i-000001"), C, Hash.sha256("x"), Severity.LOW, Web.NOW)));

    assertEquals(Set.of(2), PastCases.of(state, SERVICES).now());
  }

  @Test
  void stateWithoutPrecedentsGivesNoCases() {
    Precedents none = PastCases.of(Snapshot.EMPTY, SERVICES);

    assertTrue(none.cases().isEmpty() && none.now().isEmpty());
  }
}

package io.grace.intelligence.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.registry.Decision.Kind;
import io.grace.intelligence.registry.ModelVersion.Span;
import io.grace.intelligence.registry.ModelVersion.Stage;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Models that age, retrain and are rolled back.
class ModelRegistryTest {
  private static final RegistryRules RULES = new RegistryRules(0.02, 0.05, 0.9, 5, 1_000, 100, 3);
  private static final ModelRegistry EMPTY = ModelRegistry.empty(RULES);

  // ---- candidates

  @Test
  void candidateThatBeatsNaiveIsActivatedWhereNothingIs() {
    Decision decision = proposed(EMPTY, 10, 0.9).judge(1);

    assertEquals(Kind.ACTIVATED, decision.kind());
    assertEquals(1, decision.registry().active().orElseThrow().id());
    assertEquals(
        "version 1: error 0.9000 beats naive's 1.000, and nothing was active", decision.reason());
  }

  @Test
  void candidateNoBetterThanNaiveIsRefused() {
    Decision decision = proposed(EMPTY, 10, 1).judge(1);

    assertEquals(Kind.REFUSED, decision.kind());
    assertTrue(decision.registry().active().isEmpty());
    assertEquals("version 1: error 1.000 is not below naive's 1.000", decision.reason());
  }

  @Test
  void candidateMustBeatTheActiveOneByTheMargin() {
    ModelRegistry one = activated(EMPTY, 10, 0.9);

    Decision less = proposed(one, 20, 0.885).judge(0.9);
    Decision more = proposed(one, 20, 0.88).judge(0.9);

    assertEquals(Kind.REFUSED, less.kind());
    assertEquals(1, less.registry().active().orElseThrow().id());
    assertEquals(
        "version 2: error 0.8850 is not below 0.8820, the active version 1's 0.9000 less 2.00 %",
        less.reason());
    assertEquals(Kind.ACTIVATED, more.kind());
    assertEquals(2, more.registry().active().orElseThrow().id());
  }

  @Test
  void activeVersionIsReplacedByItsChildAndBecomesItsParent() {
    ModelRegistry two = activated(activated(EMPTY, 10, 0.9), 20, 0.5);

    assertEquals(OptionalLong.of(1), two.active().orElseThrow().parent());
    assertEquals(1, two.parent().orElseThrow().id());
    assertEquals(Stage.RETIRED, two.parent().orElseThrow().stage());
  }

  @Test
  void newCandidateOvertakesOneThatWaits() {
    Decision decision = proposed(EMPTY, 10, 0.9).propose("lstm", 20, new Span(0, 20), 0.8, 1);

    assertEquals(2, decision.registry().candidate().orElseThrow().id());
    assertEquals("version 2 (lstm) is the candidate, overtaking version 1", decision.reason());
  }

  @Test
  void nothingToJudgeIsABug() {
    assertThrows(IllegalStateException.class, () -> EMPTY.judge(1));
    assertThrows(IllegalStateException.class, () -> EMPTY.observe(1, 1, 1));
  }

  // ---- rolling back

  @Test
  void activeVersionWorseThanItsParentIsRolledBackToIt() {
    ModelRegistry two = activated(activated(EMPTY, 10, 0.9), 20, 0.5);

    Decision decision = observed(two, 20, 0.9, 0.8, 1);

    assertEquals(Kind.ROLLED_BACK, decision.kind());
    assertEquals(1, decision.registry().active().orElseThrow().id());
    assertEquals(Stage.ROLLED_BACK, decision.registry().versions().getLast().stage());
    assertEquals(
        "version 2: live error 0.9000, parent's 0.8000, naive's 1.000; above 0.8400, so back to"
            + " version 1",
        decision.reason());
  }

  @Test
  void activeVersionWorseThanNaiveIsRolledBackToNaiveWhereItsParentIsWorseToo() {
    ModelRegistry two = activated(activated(EMPTY, 10, 0.9), 20, 0.5);

    Decision decision = observed(two, 20, 1.2, 1.1, 1);

    assertEquals(Kind.ROLLED_BACK, decision.kind());
    assertTrue(decision.registry().active().isEmpty());
    assertTrue(decision.reason().endsWith("so back to naive"), decision.reason());
  }

  @Test
  void activeVersionWithoutAParentIsRolledBackToNaive() {
    Decision decision = observed(activated(EMPTY, 10, 0.9), 20, 1.2, 1, 1);

    assertEquals(Kind.ROLLED_BACK, decision.kind());
    assertTrue(decision.registry().active().isEmpty());
  }

  @Test
  void activeVersionALittleWorseIsKept() {
    Decision decision = observed(activated(EMPTY, 10, 0.9), 50, 1.04, 1, 1);

    assertEquals(Kind.KEPT, decision.kind());
    assertTrue(decision.reason().endsWith("good up to 1.050"), decision.reason());
  }

  @Test
  void nothingIsRolledBackBeforeEnoughWasSeen() {
    ModelRegistry one = activated(EMPTY, 10, 0.9);

    Decision early = observed(one, 6, 100, 1, 1);
    Decision later = observed(one, 7, 100, 1, 1);

    assertEquals(Kind.KEPT, early.kind());
    assertTrue(early.reason().endsWith("too few yet, 4.69 of 5.00"), early.reason());
    assertEquals(Kind.ROLLED_BACK, later.kind());
  }

  @Test
  void longGoodPastDoesNotExcuseABadPresent() {
    ModelRegistry good = observed(activated(EMPTY, 10, 0.9), 1_000, 0.1, 1, 1).registry();

    assertEquals(Kind.ROLLED_BACK, observed(good, 20, 1.3, 1, 1).kind());
  }

  @Test
  void rolledBackVersionIsNeverRolledBackTo() {
    ModelRegistry two = activated(activated(EMPTY, 10, 0.9), 20, 0.5);
    ModelRegistry back = observed(two, 20, 0.9, 0.8, 1).registry();

    ModelRegistry three = activated(back, 30, 0.4);

    assertEquals(1, three.parent().orElseThrow().id());
  }

  @Test
  void activatedVersionIsJudgedByItsOwnErrorsOnly() {
    ModelRegistry seen = observed(activated(EMPTY, 10, 0.9), 4, 5, 1, 1).registry();

    ModelRegistry next = activated(seen, 20, 0.5);

    assertEquals(Kind.KEPT, observed(next, 4, 0.5, 0.9, 1).kind());
    assertEquals(0, next.live().weight());
  }

  // ---- training

  @Test
  void whereNothingWasEverTrainedTrainingIsDue() {
    assertTrue(EMPTY.due(0).isDue());
    assertEquals("nothing was ever trained", EMPTY.due(0).reason());
  }

  @Test
  void trainingIsDueByAge() {
    ModelRegistry one = activated(EMPTY, 10, 0.9);

    assertFalse(one.due(1_010).isDue());
    assertTrue(one.due(1_011).isDue());
    assertEquals("trained 1001 s ago, good for 1000 s", one.due(1_011).reason());
  }

  @Test
  void trainingIsDueAfterDrift() {
    ModelRegistry one = activated(EMPTY, 10, 0.9).drifted(200);

    assertTrue(one.due(300).isDue());
    assertEquals("the series drifted at 200, after training", one.due(300).reason());
  }

  @Test
  void trainingAfterTheDriftEndsIt() {
    ModelRegistry two = activated(activated(EMPTY, 10, 0.9).drifted(200), 300, 0.5);

    assertFalse(two.due(500).isDue());
    assertSame(two, two.drifted(250));
  }

  @Test
  void trainingRestsEvenAfterDrift() {
    ModelRegistry one = activated(EMPTY, 10, 0.9).drifted(50);

    assertFalse(one.due(109).isDue());
    assertEquals("trained 99 s ago, the rest is 100 s", one.due(109).reason());
    assertTrue(one.due(110).isDue());
  }

  @Test
  void trainingIsNotDueWhileACandidateWaits() {
    ModelRegistry waiting = proposed(activated(EMPTY, 10, 0.9), 20, 0.5);

    assertFalse(waiting.due(10_000).isDue());
    assertEquals("version 2 waits to be judged", waiting.due(10_000).reason());
  }

  // ---- keeping

  @Test
  void oldestVersionThatNobodyNeedsGoes() {
    ModelRegistry two = activated(activated(EMPTY, 10, 0.9), 20, 0.5);
    ModelRegistry refused = proposed(two, 30, 0.6).judge(0.5).registry();

    ModelRegistry next = proposed(refused, 40, 0.6);

    assertEquals(List.of(1L, 2L, 4L), next.versions().stream().map(ModelVersion::id).toList());
  }

  @Test
  void versionTrainedBeforeAnotherIsRefused() {
    ModelRegistry one = activated(EMPTY, 10, 0.9);

    assertThrows(
        IllegalArgumentException.class, () -> one.propose("lstm", 9, new Span(0, 9), 1, 1));
  }

  @Test
  void registryComesBackFromItsBytes() {
    ModelRegistry two = activated(activated(EMPTY, 10, 0.9), 20, 0.5).drifted(30);
    ModelRegistry seen = observed(proposed(two, 25, 0.3), 3, 0.7, 0.8, 1).registry();

    ModelRegistry back = ModelRegistry.fromBytes(seen.toBytes());

    assertEquals(seen.versions(), back.versions());
    assertArrayEquals(seen.toBytes(), back.toBytes());
    assertEquals(observed(seen, 9, 2, 1, 1).reason(), observed(back, 9, 2, 1, 1).reason());
    assertEquals(seen.due(400), back.due(400));
  }

  @Test
  void damagedBytesAreRefused() {
    byte[] bytes = activated(EMPTY, 10, 0.9).toBytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 1;

      assertThrows(IllegalArgumentException.class, () -> ModelRegistry.fromBytes(damaged));
    }
  }

  @Test
  void rulesThatCannotHoldAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new RegistryRules(0.02, 0.05, 0.9, 10.5, 1_000, 100, 3));
    assertThrows(
        IllegalArgumentException.class, () -> new RegistryRules(0.02, 0.05, 0.9, 5, 100, 100, 3));
    assertThrows(
        IllegalArgumentException.class, () -> new RegistryRules(0.02, 0.05, 0.9, 5, 1_000, 100, 2));
  }

  @Test
  void errorThatIsNoNumberIsRefused() {
    ModelRegistry one = activated(EMPTY, 10, 0.9);

    assertThrows(IllegalArgumentException.class, () -> one.observe(Double.NaN, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> one.propose("lstm", 20, new Span(0, 9), Double.NaN, 1));
  }

  private static ModelRegistry proposed(ModelRegistry registry, long at, double error) {
    return registry.propose("lstm", at, new Span(0, at), error, 1).registry();
  }

  private static ModelRegistry activated(ModelRegistry registry, long at, double error) {
    Decision decision = proposed(registry, at, error).judge(1);
    assertEquals(Kind.ACTIVATED, decision.kind());
    return decision.registry();
  }

  /// The last decision, or the first to roll back.
  private static Decision observed(
      ModelRegistry registry, int times, double active, double parent, double naive) {
    Decision decision = registry.observe(active, parent, naive);
    for (int i = 1; i < times && decision.kind() == Kind.KEPT; i++) {
      decision = decision.registry().observe(active, parent, naive);
    }
    return decision;
  }
}

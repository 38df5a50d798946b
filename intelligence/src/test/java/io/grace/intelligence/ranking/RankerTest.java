package io.grace.intelligence.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RankerTest {
  private static final double DAY = 86_400;
  private static final Candidate RESTART = new Candidate("restart", 0.6, 0.3);
  private static final Candidate SCALE = new Candidate("scale", 0.5, 0.3);
  private static final Candidate FAILOVER = new Candidate("failover", 0.4, 1);
  private static final List<Candidate> ALL = List.of(FAILOVER, SCALE, RESTART);

  static Situation of(String service, String kind, double load) {
    return new Situation(service, kind, "slow", 0.5, load, 0.1, 0.5);
  }

  private static final Situation SHOP = of("shop", "web", 0.5);

  private static Ranker ranker() {
    return new Ranker(RankerSettings.DEFAULT, 1);
  }

  /// Teaches an outcome of the only candidate that is allowed.
  static void teach(Ranker ranker, Situation s, Candidate c, Outcome outcome, double now) {
    ranker.learn(ranker.decide(s, List.of(c), false, now).id(), outcome, now);
  }

  static double chance(Ranker ranker, Situation s, Candidate c, double now) {
    return ranker.trust(s, c, now).success().chance();
  }

  private static Ranked in(Decision decision, Candidate c) {
    return decision.ranking().stream()
        .filter(r -> r.playbook().equals(c.playbook()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void startsFromTheStaticRanking() {
    var names =
        ranker().decide(SHOP, ALL, false, 0).ranking().stream().map(Ranked::playbook).toList();

    assertEquals(List.of("restart", "scale", "failover"), names);
    assertEquals(names, Ranker.fallback(ALL).stream().map(Ranked::playbook).toList());
  }

  @Test
  void propensityIsHowOftenItIsChosen() {
    var ranker = ranker();
    for (int n = 0; n < 60; n++) {
      teach(ranker, SHOP, SCALE, n % 3 == 0 ? Outcome.FAILED : Outcome.SUCCEEDED, n);
    }
    byte[] bytes = ranker.bytes();
    var settings = new RankerSettings(0.05, 0.3, 1, 1, 0, 1, 1_000, 1_000);
    int rounds = 4_000;
    int[] chosen = new int[ALL.size() + 1];
    Decision last = null;
    for (int seed = 0; seed < rounds; seed++) {
      last = Ranker.of(bytes, settings, 31L * seed).decide(SHOP, ALL, true, 100);
      Optional<String> name = last.chosen();
      int at = 0;
      while (at < ALL.size() && !name.equals(Optional.of(ALL.get(at).playbook()))) {
        at++;
      }
      chosen[at]++;
    }

    assertEquals(last == null ? 0 : last.heldOut(), (double) chosen[3] / rounds, 0.025);
    for (int i = 0; i < ALL.size(); i++) {
      double propensity = last == null ? 0 : in(last, ALL.get(i)).propensity();
      assertEquals(propensity, (double) chosen[i] / rounds, 0.025, ALL.get(i).playbook());
    }
  }

  @Test
  void propensitiesAndHoldOutSumToOneAndNoneIsBelowItsFloor() {
    var settings = new RankerSettings(0.01, 0.1, 1, 1, 0, 0.05, 100, 100);

    Decision decision = new Ranker(settings, 3).decide(SHOP, ALL, true, 0);

    double sum = decision.ranking().stream().mapToDouble(Ranked::propensity).sum();
    assertEquals(1, sum + decision.heldOut(), 1e-12);
    assertEquals(0.1, decision.heldOut(), 1e-12);
    assertTrue(decision.ranking().stream().allMatch(r -> r.propensity() >= 0.009));
  }

  @Test
  void cautiousDecisionsTakeNothingThatHarmsMoreThanTheStaticLeader() {
    var ranker = ranker();
    for (int n = 0; n < 50; n++) {
      Decision decision = ranker.decide(SHOP, ALL, false, n);
      ranker.learn(decision.id(), Outcome.FAILED, n);

      assertEquals(0, in(decision, FAILOVER).propensity());
      assertTrue(in(decision, FAILOVER).reason().contains("restart"));
    }
  }

  @Test
  void whatHarmedIsNotChosenWhereTheLeaderDoesNotHarm() {
    var ranker = ranker();
    for (int n = 0; n < 60; n++) {
      teach(ranker, SHOP, RESTART, Outcome.SUCCEEDED, n);
      teach(ranker, SHOP, SCALE, n % 4 == 0 ? Outcome.HARMED : Outcome.SUCCEEDED, n);
    }

    assertEquals(0, in(ranker.decide(SHOP, ALL, false, 60), SCALE).propensity());
  }

  @Test
  void newServiceStartsFromWhatItsKindHasShown() {
    var ranker = ranker();
    for (int n = 0; n < 30; n++) {
      teach(ranker, of("shop-" + n % 5, "web", 0.5), SCALE, Outcome.SUCCEEDED, n);
      teach(ranker, of("store-" + n % 5, "database", 0.5), SCALE, Outcome.FAILED, n);
    }

    assertTrue(chance(ranker, of("new", "web", 0.5), SCALE, 30) > 0.65);
    assertTrue(chance(ranker, of("new", "database", 0.5), SCALE, 30) < 0.35);
  }

  @Test
  void learnsInWhichSituationAPlaybookHelps() {
    var ranker = ranker();
    for (int n = 0; n < 200; n++) {
      boolean isBusy = n % 2 == 0;
      var outcome = isBusy ? Outcome.SUCCEEDED : Outcome.FAILED;
      teach(ranker, of("shop", "web", isBusy ? 0.9 : 0.1), SCALE, outcome, n);
    }

    assertTrue(chance(ranker, of("shop", "web", 0.9), SCALE, 200) > 0.8);
    assertTrue(chance(ranker, of("shop", "web", 0.1), SCALE, 200) < 0.2);
  }

  @Test
  void whatHoldsNoMoreIsForgottenSoon() {
    var ranker = ranker();
    for (int n = 0; n < 100; n++) {
      teach(ranker, SHOP, SCALE, Outcome.SUCCEEDED, n);
    }
    for (int n = 0; n < 12; n++) {
      teach(ranker, SHOP, SCALE, Outcome.FAILED, 100 + n);
    }

    assertTrue(ranker.changes() > 0);
    assertTrue(chance(ranker, SHOP, SCALE, 112) < 0.5);
  }

  @Test
  void whatIsOldFadesTowardsThePrior() {
    var ranker = ranker();
    for (int n = 0; n < 40; n++) {
      teach(ranker, SHOP, SCALE, Outcome.SUCCEEDED, n);
    }

    double now = chance(ranker, SHOP, SCALE, 40);
    double later = chance(ranker, SHOP, SCALE, 400 * DAY);

    assertTrue(now > 0.9 && later < now - 0.1, now + " then " + later);
  }

  @Test
  void outcomesMayComeLateAndOutOfOrderButOnce() {
    var ranker = ranker();
    long first = ranker.decide(SHOP, ALL, false, 0).id();
    long second = ranker.decide(SHOP, ALL, false, 1).id();

    assertTrue(ranker.learn(second, Outcome.SUCCEEDED, 9 * DAY));
    assertTrue(ranker.learn(first, Outcome.FAILED, 2 * DAY));
    assertFalse(ranker.learn(first, Outcome.FAILED, 2 * DAY));
    assertEquals(0, ranker.pending());
  }

  @Test
  void missingOutcomeTeachesNothingOfSuccess() {
    var ranker = ranker();
    double before = chance(ranker, SHOP, SCALE, 0);

    teach(ranker, SHOP, SCALE, Outcome.MISSING, 0);

    assertEquals(before, chance(ranker, SHOP, SCALE, 0));
    assertEquals(1, ranker.trust(SHOP, SCALE, 0).evidence().missing());
  }

  @Test
  void oldestDecisionCountsAsMissingWhenTooManyAreAwaited() {
    var ranker = new Ranker(new RankerSettings(0, 0, 1, 1, 0, 0, 100, 3), 1);
    for (int n = 0; n < 5; n++) {
      ranker.decide(SHOP, List.of(SCALE), false, n);
    }

    assertEquals(3, ranker.pending());
    assertEquals(2, ranker.trust(SHOP, SCALE, 5).evidence().missing());
  }

  @Test
  void incidentsLeftAloneTeachWhatRecoversByItself() {
    var ranker = new Ranker(new RankerSettings(0, 0.5, 1, 1, 0, 0, 100, 100), 1);
    double before = ranker.recovery(SHOP, 0).chance();
    int alone = 0;
    for (int n = 0; n < 200; n++) {
      Decision decision = ranker.decide(SHOP, ALL, true, n);
      alone += decision.chosen().isEmpty() ? 1 : 0;
      ranker.learn(
          decision.id(), decision.chosen().isEmpty() ? Outcome.SUCCEEDED : Outcome.FAILED, n);
    }

    assertTrue(alone > 10, "alone " + alone);
    assertTrue(ranker.recovery(SHOP, 200).chance() > before + 0.4);
    assertTrue(ranker.decide(SHOP, ALL, true, 200).ranking().getFirst().credit() < 0);
  }

  @Test
  void noIncidentIsLeftAloneWherePolicyDoesNotPermit() {
    var ranker = new Ranker(new RankerSettings(0, 0.5, 1, 1, 0, 0, 100, 100), 1);
    for (int n = 0; n < 50; n++) {
      Decision decision = ranker.decide(SHOP, ALL, false, n);

      assertTrue(decision.chosen().isPresent());
      assertEquals(0, decision.heldOut());
    }
  }

  @Test
  void refusesWhatCannotBeRanked() {
    assertThrows(IllegalArgumentException.class, () -> ranker().decide(SHOP, List.of(), false, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> ranker().decide(SHOP, List.of(SCALE, SCALE), false, 0));
    assertThrows(IllegalArgumentException.class, () -> of("shop", "web", 1.5));
    assertThrows(IllegalArgumentException.class, () -> new Candidate("scale", 1, 0));
  }
}

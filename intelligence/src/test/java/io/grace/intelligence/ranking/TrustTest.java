package io.grace.intelligence.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.ranking.Trust.Criteria;
import io.grace.intelligence.ranking.Trust.Standing;
import org.junit.jupiter.api.Test;

class TrustTest {
  private static final Situation SHOP = RankerTest.of("shop", "web", 0.5);
  private static final Candidate RESTART = new Candidate("restart", 0.6, 0.2);

  private final Ranker ranker = new Ranker(RankerSettings.DEFAULT, 1);

  private void teach(int count, Outcome outcome) {
    for (int n = 0; n < count; n++) {
      RankerTest.teach(ranker, SHOP, RESTART, outcome, 0);
    }
  }

  private Trust trust() {
    return ranker.trust(SHOP, RESTART, 0);
  }

  @Test
  void promotedWhenEveryCriterionIsMet() {
    teach(30, Outcome.SUCCEEDED);

    assertEquals(Standing.PROMOTED, trust().judge(Criteria.DEFAULT).standing());
  }

  @Test
  void notYetWithFewOutcomesHoweverGood() {
    teach(9, Outcome.SUCCEEDED);

    assertEquals(Standing.NOT_YET, trust().judge(Criteria.DEFAULT).standing());
  }

  @Test
  void demotedAtOnceByOneHarm() {
    teach(40, Outcome.SUCCEEDED);
    teach(1, Outcome.HARMED);

    assertEquals(Standing.DEMOTED, trust().judge(Criteria.DEFAULT).standing());
  }

  @Test
  void promotedAgainOnlyAfterAsManySuccessesAsAreWanted() {
    var patient = new Criteria(10, 0.5, 0.1, 0.1, 10, 0.2);
    teach(40, Outcome.SUCCEEDED);
    teach(1, Outcome.HARMED);
    teach(9, Outcome.SUCCEEDED);

    assertEquals(Standing.DEMOTED, trust().judge(patient).standing());
    teach(1, Outcome.SUCCEEDED);
    assertEquals(Standing.PROMOTED, trust().judge(patient).standing());
  }

  @Test
  void creditIsOnlyWhatDoesNotRecoverByItself() {
    var success = new Belief(0.9, 0.02);
    var evidence = new Evidence(30, 2, 0, 0, 30);

    var healed = new Trust(success, new Belief(0.1, 0.03), 0.01, evidence);
    var recovered = new Trust(success, new Belief(0.85, 0.03), 0.01, evidence);

    assertEquals(Standing.PROMOTED, healed.judge(Criteria.DEFAULT).standing());
    assertEquals(Standing.NOT_YET, recovered.judge(Criteria.DEFAULT).standing());
  }

  @Test
  void outcomesThatNeverCameHoldPromotionBack() {
    teach(30, Outcome.SUCCEEDED);
    teach(10, Outcome.MISSING);

    assertEquals(Standing.NOT_YET, trust().judge(Criteria.DEFAULT).standing());
  }

  @Test
  void saysWhatWasFoundAndWhatWasWanted() {
    teach(3, Outcome.SUCCEEDED);

    var lines = trust().judge(Criteria.DEFAULT).lines();

    assertTrue(lines.contains("known outcomes: 3.000, wanted 10.00 or more"), lines.toString());
  }
}

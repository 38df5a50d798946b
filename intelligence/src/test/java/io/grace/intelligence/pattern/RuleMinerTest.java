package io.grace.intelligence.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Which rules are found and which are not.
class RuleMinerTest {
  private static final double DAYS = 14;
  private static final double END = DAYS * Stream.DAY;

  private static List<String> found(Stream stream) {
    var miner = new RuleMiner(MinerSettings.DEFAULT);
    stream.offerTo(miner);
    return miner.rules().stream().map(r -> r.cause() + " " + r.effect()).sorted().toList();
  }

  @Test
  void plantedRuleIsFoundAndNotItsReverse() {
    var stream = new Stream(1).alone("a", DAYS, 15).alone("b", DAYS, 15);

    assertEquals(List.of("a b"), found(stream.follows("a", "b", 0.6, 120, END)));
  }

  @Test
  void ruleTellsWhatWasPlanted() {
    var miner = new RuleMiner(MinerSettings.DEFAULT);
    new Stream(2)
        .alone("a", DAYS, 15)
        .alone("b", DAYS, 5)
        .follows("a", "b", 0.6, 120, END)
        .offerTo(miner);

    Rule rule = miner.rules().getFirst();

    assertEquals(0.6, rule.confidence(), 0.1);
    assertEquals(0.6, rule.precision(), 0.1);
    assertEquals(120, rule.medianSeconds(), 30);
    assertTrue(rule.lift() > 10, rule.toString());
    assertTrue(rule.q() <= 0.05, rule.toString());
  }

  @Test
  void ruleIsToldInOneSentence() {
    var rule =
        new Rule("payments latency", "orders queue_depth", 20, 17, 2, 420, 100, 230, 0, 0, 0, 0);

    assertEquals(
        "`orders queue_depth` follows `payments latency` within 4 min in 17 of 20 cases; by chance 2"
            + " would",
        rule.sentence());
  }

  @Test
  void kindsThatDoNotCareForEachOtherMakeNoRule() {
    var stream = new Stream(3);
    for (int k = 0; k < 12; k++) {
      stream.alone("k" + k, DAYS, 10 + 5 * k);
    }

    assertEquals(List.of(), found(stream));
  }

  @Test
  void rhythmOfTheDayMakesNoRule() {
    var stream = new Stream(4);
    for (int k = 0; k < 8; k++) {
      stream.alone("k" + k, 0, END, 120, at -> 60 * (1 + Math.cos(2 * Math.PI * at / Stream.DAY)));
    }

    assertEquals(List.of(), found(stream));
  }

  @Test
  void stormThatKindsShareMakesNoRule() {
    var stream = new Stream(5);
    for (int k = 0; k < 8; k++) {
      stream.alone("k" + k, 0, END, 200, at -> at % 50_000 < 2_000 ? 200 : 8);
    }

    assertEquals(List.of(), found(stream));
  }

  @Test
  void whatComesByWayOfAnotherKindIsNotDirect() {
    var stream =
        new Stream(6).alone("a", DAYS, 20).alone("b", DAYS, 8).follows("a", "b", 0.7, 100, END);

    assertEquals(
        List.of("a b", "b c"), found(stream.alone("c", DAYS, 8).follows("b", "c", 0.7, 150, END)));
  }

  @Test
  void effectsOfACommonCauseDoNotCauseEachOther() {
    var stream = new Stream(7).alone("c", DAYS, 20).alone("a", DAYS, 8).alone("b", DAYS, 8);

    stream.follows("c", "a", 0.7, 60, END).follows("c", "b", 0.7, 250, END);

    assertEquals(List.of("c a", "c b"), found(stream));
  }

  @Test
  void ruleThatStopsHoldingIsDropped() {
    var miner = new RuleMiner(MinerSettings.DEFAULT);
    new Stream(8)
        .alone("a", DAYS, 15)
        .alone("b", DAYS, 15)
        .follows("a", "b", 0.6, 120, END / 2)
        .offerTo(miner);

    assertEquals(List.of(), miner.rules());
  }

  @Test
  void ruleWithoutSupportIsNotFound() {
    var miner = new RuleMiner(MinerSettings.DEFAULT);
    for (int n = 0; n < 7; n++) {
      miner.offer(n * Stream.DAY, "a", 0);
      miner.offer(n * Stream.DAY + 60, "b", 0);
    }

    miner.review(7 * Stream.DAY);

    assertEquals(List.of(), miner.rules());
  }

  @Test
  void onlyEventsAtOnePlaceAreRelated() {
    var miner = new RuleMiner(MinerSettings.DEFAULT);
    for (int n = 0; n < 60; n++) {
      miner.offer(n * 20_000.0, "a", 1);
      miner.offer(n * 20_000.0 + 60, "b", 2);
    }

    miner.review(60 * 20_000.0);

    assertEquals(List.of(), miner.rules());
  }
}

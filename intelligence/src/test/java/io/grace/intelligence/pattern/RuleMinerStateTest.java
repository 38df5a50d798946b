package io.grace.intelligence.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What is expected, what is kept, and how it moves.
class RuleMinerStateTest {
  private static final MinerSettings SMALL = new MinerSettings(600, 28 * 86_400.0, 4, 2, 8, 0.05);

  private static RuleMiner taught() {
    var miner = new RuleMiner(SMALL);
    new Stream(1)
        .alone("a", 10, 15)
        .alone("b", 10, 10)
        .follows("a", "b", 0.7, 120, 10 * Stream.DAY)
        .offerTo(miner);
    return miner;
  }

  @Test
  void effectOfACauseIsExpectedUntilItComes() {
    RuleMiner miner = taught();
    double now = 11 * Stream.DAY;
    miner.offer(now, "a", 0);

    Prediction expected = miner.predictions(now + 10).getFirst();
    miner.offer(now + 60, "b", 0);

    assertEquals("b", expected.rule().effect());
    assertEquals(0.7, expected.precision(), 0.15);
    assertTrue(expected.bySecond() > now + 60 && expected.bySecond() < now + 300);
    assertEquals(List.of(), miner.predictions(now + 70));
  }

  @Test
  void effectIsLessLikelyTheLongerItDidNotCome() {
    RuleMiner miner = taught();
    double now = 11 * Stream.DAY;
    miner.offer(now, "a", 0);

    double atOnce = miner.predictions(now + 1).getFirst().precision();
    double late = miner.predictions(now + 150).getFirst().precision();

    assertTrue(late < atOnce, late + " after " + atOnce);
  }

  @Test
  void nothingIsExpectedAfterTheWindow() {
    RuleMiner miner = taught();
    miner.offer(11 * Stream.DAY, "a", 0);

    assertEquals(List.of(), miner.predictions(11 * Stream.DAY + 601));
  }

  @Test
  void movedMinerGoesOnAsTheOneItCameFrom() {
    RuleMiner miner = taught();
    RuleMiner moved = RuleMiner.of(miner.bytes());
    for (RuleMiner each : List.of(miner, moved)) {
      for (int n = 0; n < 50; n++) {
        each.offer(11 * Stream.DAY + 700 * n, n % 3 == 0 ? "a" : "c", n % 5);
      }
      each.review(12 * Stream.DAY);
    }

    assertEquals(miner.rules(), moved.rules());
    assertArrayEquals(miner.bytes(), moved.bytes());
  }

  @Test
  void newMinerMovesToo() {
    var miner = new RuleMiner(SMALL);

    assertArrayEquals(miner.bytes(), RuleMiner.of(miner.bytes()).bytes());
  }

  @Test
  void damagedStateIsRefused() {
    byte[] bytes = taught().bytes();
    bytes[bytes.length / 2] ^= 1;

    assertThrows(IllegalArgumentException.class, () -> RuleMiner.of(bytes));
  }

  @Test
  void kindWithTheLeastSupportMakesRoom() {
    RuleMiner miner = taught();
    for (int n = 0; n < 100; n++) {
      miner.offer(11 * Stream.DAY + n, "noise " + n, 0);
    }
    miner.review(11 * Stream.DAY + 200);

    assertEquals("a", miner.rules().getFirst().cause());
    assertEquals(miner.bytes().length, RuleMiner.of(miner.bytes()).bytes().length);
  }

  @Test
  void lateEventCountsAsOfNow() {
    RuleMiner miner = taught();
    miner.offer(11 * Stream.DAY, "c", 0);
    miner.offer(10 * Stream.DAY, "a", 0);

    assertEquals(11 * Stream.DAY, miner.predictions(11 * Stream.DAY).getFirst().causeSecond());
  }

  @Test
  void oldCasesCountLess() {
    var miner = new RuleMiner(new MinerSettings(600, 86_400, 4, 2, 8, 0.05));
    new Stream(2).alone("a", 20, 30).follows("a", "b", 0.9, 120, 20 * Stream.DAY).offerTo(miner);

    Rule rule = miner.rules().getFirst();

    // 30 a day for ever, each half a day later: 30 ÷ ln 2.
    assertEquals(30 / Math.log(2), rule.cases(), 12);
  }

  @Test
  void settingOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new MinerSettings(0, 1e6, 4, 2, 8, 0.05));
    assertThrows(
        IllegalArgumentException.class, () -> new RuleMiner(SMALL).offer(Double.NaN, "a", 0));
  }
}

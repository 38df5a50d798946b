package io.grace.intelligence.ranking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankerStateTest {
  private static final RankerSettings SMALL =
      new RankerSettings(0.01, 0.1, 1, 0.1, 10, 0.05, 300, 20);

  private static final List<Candidate> CANDIDATES =
      List.of(new Candidate("restart", 0.6, 0.3), new Candidate("scale", 0.5, 0));

  /// @return what was decided
  private static List<Decision> run(Ranker ranker, int from, int rounds, int services) {
    var random = new Random(from);
    var decisions = new ArrayList<Decision>();
    for (int n = from; n < from + rounds; n++) {
      int service = random.nextInt(services);
      var s = RankerTest.of("service-" + service, "kind-" + service % 3, random.nextDouble());
      Decision decision = ranker.decide(s, CANDIDATES, true, 60.0 * n);
      decisions.add(decision);
      if (n % 3 > 0) {
        ranker.learn(decision.id(), Outcome.values()[random.nextInt(4)], 60.0 * n + 30);
      }
    }
    return decisions;
  }

  @Test
  void sameCallsGiveTheSameBytes() {
    var one = new Ranker(SMALL, 7);
    var other = new Ranker(SMALL, 7);

    assertEquals(run(one, 0, 200, 20), run(other, 0, 200, 20));
    assertArrayEquals(one.bytes(), other.bytes());
  }

  @Test
  void goesOnFromItsBytesAsIfNothingHadHappened() {
    var ranker = new Ranker(SMALL, 7);
    run(ranker, 0, 200, 20);

    var moved = Ranker.of(ranker.bytes(), SMALL, 7);

    assertEquals(run(ranker, 200, 100, 20), run(moved, 200, 100, 20));
    assertArrayEquals(ranker.bytes(), moved.bytes());
  }

  @Test
  void stateIsBoundedHoweverManyServicesThereAre() {
    var ranker = new Ranker(SMALL, 7);
    run(ranker, 0, 2_000, 1_000);
    int before = ranker.bytes().length;

    run(ranker, 2_000, 4_000, 10_000);

    assertTrue(ranker.pending() <= 20, "pending " + ranker.pending());
    assertTrue(ranker.bytes().length < 1.5 * before, ranker.bytes().length + " after " + before);
  }

  @Test
  void refusesDamagedBytesAndMoreThanTheSettingsAllow() {
    var ranker = new Ranker(SMALL, 7);
    run(ranker, 0, 200, 20);
    byte[] bytes = ranker.bytes();
    byte[] damaged = bytes.clone();
    damaged[100]++;

    assertThrows(IllegalArgumentException.class, () -> Ranker.of(damaged, SMALL, 7));
    assertThrows(
        IllegalArgumentException.class,
        () -> Ranker.of(bytes, new RankerSettings(0.01, 0.1, 1, 0.1, 10, 0.05, 3, 20), 7));
  }
}

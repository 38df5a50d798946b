package io.grace.intelligence.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CauseRankingTest {
  private static final int[][] LINE = {{1}, {0, 2}, {1, 3}, {2}};
  private static final int[][] APART = {};

  private record Event(double second, int kind, int place) {}

  /// Kinds 0 → 1 → 2 with lags of about 20 s at the place that `hop` is away, and 3 to 5 by
  /// themselves.
  private static EventLog chain(int hop) {
    var random = new Random(4);
    List<Event> events = new ArrayList<>();
    for (int n = 0; n < 3_000; n++) {
      double at = Math.floor(random.nextDouble() * 2e6);
      int place = random.nextInt(4);
      int kind = random.nextInt(6);
      events.add(new Event(at, kind, place));
      for (int next = kind + 1; next <= 2 && random.nextDouble() < 0.6; next++) {
        at += 1 + random.nextInt(40);
        place = hop == 0 ? place : LINE[place][random.nextInt(LINE[place].length)];
        events.add(new Event(at, next, place));
      }
    }
    events.sort(Comparator.comparingDouble(Event::second));
    return new EventLog(
        events.stream().mapToInt(Event::kind).toArray(),
        events.stream().mapToInt(Event::place).toArray(),
        events.stream().mapToDouble(Event::second).toArray(),
        6);
  }

  private static void firstTwoAreTheChain(List<Cause> ranked) {
    var first = List.of(pair(ranked.get(0)), pair(ranked.get(1)));
    assertTrue(first.contains("0 1") && first.contains("1 2"), ranked.toString());
  }

  private static String pair(Cause cause) {
    return cause.cause() + " " + cause.effect();
  }

  @Test
  void causesAreRankedBeforeWhatTheyCauseIndirectly() {
    firstTwoAreTheChain(CauseRanking.of(chain(0), APART, 600, 1));
  }

  @Test
  void effectAtANeighbourIsFoundAlongTheTopology() {
    firstTwoAreTheChain(CauseRanking.of(chain(1), LINE, 600, 1));
  }

  @Test
  void shareIsWhatTheCauseExplainsOfTheEffect() {
    List<Cause> ranked = CauseRanking.of(chain(0), APART, 600, 1);

    double share =
        ranked.stream().filter(c -> pair(c).equals("0 1")).findFirst().orElseThrow().share();

    // 500 of kind 0 cause 300 of kind 1, and 500 more come by themselves.
    assertEquals(0.375, share, 0.06);
  }

  @Test
  void sameSeedRanksTheSame() {
    assertEquals(
        CauseRanking.of(chain(0), APART, 600, 7), CauseRanking.of(chain(0), APART, 600, 7));
  }

  @Test
  void kindThatNeverOccursIsNotRanked() {
    var log = new EventLog(new int[] {0, 2}, new int[2], new double[] {1, 2}, 3);

    List<Cause> ranked = CauseRanking.of(log, APART, 600, 1);

    assertEquals(2, ranked.size());
    assertTrue(ranked.stream().noneMatch(c -> c.cause() == 1 || c.effect() == 1));
  }

  @Test
  void logWithoutEventsRanksNothing() {
    var log = new EventLog(new int[0], new int[0], new double[0], 3);

    assertEquals(List.of(), CauseRanking.of(log, APART, 600, 1));
  }

  @Test
  void horizonThatIsNotPositiveIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> CauseRanking.of(chain(0), APART, 0, 1));
  }
}

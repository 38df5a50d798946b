package io.grace.intelligence.cause;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CauseRankerTest {
  @Test
  void calleeWhoseLatencyExplainsItsCallersIsFirst() {
    Scene scene = chain(50).scene(0);

    Ranking ranking = Scenes.rank(scene);

    assertEquals(2, ranking.causes().getFirst().service());
    assertTrue(ranking.blamed().isPresent());
    assertTrue(ranking.causes().getFirst().share() > 0.8);
  }

  @Test
  void callsAreNotNeededToTellTheCalleeFromItsCallers() {
    Scenes scenes =
        new Scenes(3, 1)
            .track(0, MetricKind.LATENCY, 100, 60, 50)
            .track(1, MetricKind.LATENCY, 40, 60, 50)
            .track(2, MetricKind.LATENCY, 10, 60, 50);

    assertEquals(2, Scenes.rank(scenes.scene(0)).causes().getFirst().service());
  }

  @Test
  void lateAlarmDoesNotChangeTheCause() {
    Scene scene = chain(44).scene(0);

    Cause first = Scenes.rank(scene).causes().getFirst();

    assertEquals(2, first.service());
    assertEquals(44 * Scenes.STEP, first.deviation().onset(), Scenes.STEP);
  }

  @Test
  void pseudoServiceIsWalkedThroughAndNeverBlamed() {
    Scenes scenes =
        new Scenes(3, 5, 1)
            .track(0, MetricKind.LATENCY, 100, 60, 50)
            .track(1, MetricKind.LATENCY, 40, 60, 50)
            .track(2, MetricKind.LATENCY, 10, 60, 50)
            .call(0, 1)
            .call(1, 2);

    Ranking ranking = Scenes.rank(scenes.scene(0));

    assertEquals(2, ranking.causes().getFirst().service());
    assertTrue(ranking.causes().stream().noneMatch(cause -> cause.service() == 1));
  }

  @Test
  void changeRightBeforeTipsTheScales() {
    Scenes scenes =
        new Scenes(2, 4)
            .track(0, MetricKind.ERROR, 0.01, 0.3, 50)
            .track(1, MetricKind.ERROR, 0.01, 0.3, 50)
            .change(0, 49);

    Cause first = Scenes.rank(scenes.scene()).causes().getFirst();

    assertEquals(0, first.service());
    assertEquals(Scenes.STEP, first.secondsSinceChange(), Scenes.STEP);
    assertTrue(first.why().contains("it was changed"), first.why());
  }

  @Test
  void quietHourIsBlamedOnNobody() {
    int blamed = 0;
    for (int seed = 0; seed < 100; seed++) {
      Scenes scenes = new Scenes(20, seed);
      for (int s = 0; s < 20; s++) {
        scenes.track(s, MetricKind.LATENCY, 10 + s, 0, 0).track(s, MetricKind.USE, 0.4, 0, 0);
      }
      blamed += Scenes.rank(scenes.scene()).blamed().isPresent() ? 1 : 0;
    }

    assertTrue(blamed <= 10, blamed + " of 100, at most 10 wanted");
  }

  @Test
  void probabilitiesSumToOne() {
    Scenes scenes = chain(50);
    Ranking ranking = Scenes.rank(scenes.scene(0));

    double sum = ranking.causes().stream().mapToDouble(Cause::probability).sum();

    assertEquals(1, sum + ranking.none() + ranking.unknown() + ranking.rest(), 1e-9);
  }

  @Test
  void silentServiceIsACause() {
    double[] gone = Scenes.constant(0.4);
    Arrays.fill(gone, 51, 60, Double.NaN);
    double[] alsoGone = Scenes.constant(5);
    Arrays.fill(alsoGone, 51, 60, Double.NaN);
    Scenes scenes =
        new Scenes(2, 4)
            .track(0, MetricKind.ERROR, 0.01, 0.9, 51)
            .values(1, MetricKind.USE, Worse.UP, gone)
            .values(1, MetricKind.LATENCY, Worse.UP, alsoGone)
            .call(0, 1);

    Cause first = Scenes.rank(scenes.scene(0)).causes().getFirst();

    assertEquals(1, first.service());
    assertTrue(first.deviation().isSilent());
  }

  @Test
  void stockThatFillsTellsMoreThanTheWorkThatFillsIt() {
    Scenes scenes =
        new Scenes(3, 2)
            .track(0, MetricKind.USE, 0.02, 0.9, 50)
            .track(0, MetricKind.STOCK, 3e8, 4e8, 50)
            .track(1, MetricKind.STOCK, 3e8, 0, 0)
            .track(2, MetricKind.STOCK, 3e8, 0, 0);

    Cause first = Scenes.rank(scenes.scene()).causes().getFirst();

    assertEquals(MetricKind.STOCK, first.deviation().kind());
  }

  @Test
  void stockThatGrowsLittleAgainstItsPeersDoesNotTell() {
    Scenes scenes =
        new Scenes(3, 2)
            .track(0, MetricKind.USE, 0.02, 0.9, 50)
            .track(0, MetricKind.STOCK, 8e6, 9e6, 50)
            .track(1, MetricKind.STOCK, 3e8, 0, 0)
            .track(2, MetricKind.STOCK, 3e8, 0, 0);

    Cause first = Scenes.rank(scenes.scene()).causes().getFirst();

    assertEquals(MetricKind.USE, first.deviation().kind());
  }

  @Test
  void useThatFollowsTrafficIsNotItsServicesOwn() {
    Scenes scenes =
        new Scenes(2, 8)
            .track(0, MetricKind.TRAFFIC, 100, 80, 50)
            .track(0, MetricKind.USE, 0.4, 0.32, 50)
            .track(1, MetricKind.USE, 0.4, 0.32, 50);

    Ranking ranking = Scenes.rank(scenes.scene());

    assertEquals(1, ranking.causes().getFirst().service());
  }

  @Test
  void emptyAndConstantScenesAreNothing() {
    Ranking empty = Scenes.rank(new Scenes(0, 1).scene());
    Ranking constant =
        Scenes.rank(
            new Scenes(1, 1)
                .values(0, MetricKind.USE, Worse.EITHER, Scenes.constant(3))
                .values(0, MetricKind.LATENCY, Worse.UP, Scenes.constant(Double.NaN))
                .scene());

    assertFalse(empty.blamed().isPresent());
    assertFalse(constant.blamed().isPresent());
    assertEquals(1, empty.none() + empty.unknown(), 1e-9);
  }

  @Test
  void sameSceneGivesTheSameRanking() {
    Scene scene = chain(50).scene(0);

    assertEquals(Scenes.rank(scene), Scenes.rank(scene));
  }

  private static Scenes chain(int from) {
    return new Scenes(4, 3)
        .track(0, MetricKind.LATENCY, 100, 60, from)
        .track(1, MetricKind.LATENCY, 40, 60, from)
        .track(2, MetricKind.LATENCY, 10, 60, from)
        .track(3, MetricKind.LATENCY, 10, 0, 0)
        .call(0, 1)
        .call(1, 2)
        .call(0, 3);
  }
}

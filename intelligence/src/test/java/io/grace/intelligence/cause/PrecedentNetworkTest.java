package io.grace.intelligence.cause;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What earlier incidents add to the ranking of causes.
class PrecedentNetworkTest {
  private static final Case TWO_MADE_ALL_SICK = new Case(Set.of(2), Set.of(0, 1, 2), 1);

  @Test
  void withoutCasesTheRankingIsTheSameAsWithoutPrecedents() {
    Scene scene = alike().scene(0, 1, 2);

    assertEquals(
        Scenes.rank(scene).toString(),
        rank(scene, new Precedents(List.of(), Set.of(0, 1, 2))).toString());
  }

  @Test
  void casesOfOthersChangeNothing() {
    Scene scene = alike().scene(0, 1, 2);
    var others = new Precedents(times(20, new Case(Set.of(4), Set.of(3, 4), 1)), Set.of(0, 1, 2));

    assertEquals(Scenes.rank(scene).toString(), rank(scene, others).toString());
  }

  @Test
  void serviceThatCausedTheSameBeforeIsFirst() {
    Scene scene = alike().scene(0, 1, 2);

    for (int cause = 0; cause < 3; cause++) {
      var cases = times(8, new Case(Set.of(cause), Set.of(0, 1, 2), 1));
      Ranking ranking = rank(scene, new Precedents(cases, Set.of(0, 1, 2)));

      assertEquals(cause, ranking.causes().getFirst().service());
    }
  }

  @Test
  void moreCasesAreHeardMore() {
    double[] heard =
        IntStream.of(0, 1, 3, 10)
            .mapToDouble(
                n -> voice(new Precedents(times(n, TWO_MADE_ALL_SICK), Set.of(0, 1, 2)))[2])
            .toArray();

    assertEquals(0, heard[0]);
    assertTrue(heard[0] < heard[1] && heard[1] < heard[2] && heard[2] < heard[3], text(heard));
  }

  @Test
  void caseThatIsHalfBelievedIsHeardLess() {
    var half = new Case(Set.of(2), Set.of(0, 1, 2), 0.5);

    assertTrue(
        voice(new Precedents(List.of(half), Set.of(0, 1, 2)))[2]
            < voice(new Precedents(List.of(TWO_MADE_ALL_SICK), Set.of(0, 1, 2)))[2]);
  }

  @Test
  void precedentsSpeakForAServiceAndNeverAgainstOne() {
    double[] voice = voice(new Precedents(times(50, TWO_MADE_ALL_SICK), Set.of(0, 1, 2)));

    assertTrue(Arrays.stream(voice).allMatch(v -> v >= 0 && v <= 4), text(voice));
  }

  @Test
  void secondCauseIsHeardForWhatTheFirstDoesNotExplain() {
    var cases = new ArrayList<>(times(6, new Case(Set.of(2), Set.of(0, 2), 1)));
    cases.addAll(times(6, new Case(Set.of(4), Set.of(3, 4), 1)));

    double[] voice = voice(new Precedents(cases, Set.of(0, 2, 3, 4)));

    assertTrue(Math.min(voice[2], voice[4]) > Math.max(voice[0], voice[3]), text(voice));
  }

  @Test
  void serviceWithoutAPastIsJudgedByWhatCallersOfOthersShow() {
    // 1 calls 0, 3 calls 2: whenever 0 was the cause, its caller suffered.
    Scene scene = alike().call(1, 0).call(3, 2).scene(2, 3);
    var cases = times(20, new Case(Set.of(0), Set.of(0, 1), 1));
    cases = new ArrayList<>(cases);
    cases.add(new Case(Set.of(0), Set.of(0, 1, 2, 3), 1));

    double[] voice =
        PrecedentNetwork.voice(
            new Precedents(cases, Set.of(2, 3)), Topology.of(scene), all(), all().length);

    assertTrue(voice[2] > voice[3], text(voice));
  }

  @Test
  void reasonSaysHowManyEarlierIncidentsThatLookedLikeThisCameFromIt() {
    var cases = new ArrayList<>(times(3, TWO_MADE_ALL_SICK));
    cases.add(new Case(Set.of(0), Set.of(0, 1), 1));
    cases.add(new Case(Set.of(2), Set.of(2, 3, 4), 1));

    Ranking ranking = rank(alike().scene(0, 1, 2), new Precedents(cases, Set.of(0, 1, 2)));

    String why = why(ranking, 2);
    assertTrue(why.endsWith(" 3 of 4 earlier incidents that looked like this came from s2."), why);
    assertFalse(why(ranking, 1).contains("earlier"), why(ranking, 1));
  }

  @Test
  void whenMoreSufferThanCanBeSummedExactlyPrecedentsAreSilent() {
    int most = PrecedentNetwork.MOST_NOW + 1;
    Set<Integer> now = IntStream.range(0, most).boxed().collect(Collectors.toSet());
    int[] services = IntStream.range(0, most).toArray();
    var precedents = new Precedents(times(20, new Case(Set.of(0), now, 1)), now);

    assertArrayEquals(
        new double[most],
        PrecedentNetwork.voice(
            precedents, Topology.of(new Scenes(most, 1).scene()), services, most));
  }

  @Test
  void probabilitiesStillSumToOne() {
    Ranking ranking =
        rank(alike().scene(0, 1, 2), new Precedents(times(9, TWO_MADE_ALL_SICK), Set.of(0, 1, 2)));

    double sum = ranking.causes().stream().mapToDouble(Cause::probability).sum();
    assertEquals(1, sum + ranking.none() + ranking.unknown() + ranking.rest(), 1e-9);
  }

  @Test
  void sameCasesInTheSameOrderSayTheSame() {
    var cases = new ArrayList<>(times(4, TWO_MADE_ALL_SICK));
    cases.add(new Case(Set.of(1), Set.of(1, 0), 1));

    assertArrayEquals(
        voice(new Precedents(cases, Set.of(0, 1, 2))),
        voice(new Precedents(List.copyOf(cases), Set.of(2, 1, 0))));
  }

  @Test
  void serviceThatTheSceneDoesNotHaveIsRefused() {
    var precedents = new Precedents(List.of(new Case(Set.of(7), Set.of(0), 1)), Set.of(0));

    assertThrows(IllegalArgumentException.class, () -> rank(alike().scene(0), precedents));
  }

  /// Five services whose latency rose alike at the same time.
  private static Scenes alike() {
    Scenes scenes = new Scenes(5, 3);
    for (int s = 0; s < 5; s++) {
      scenes.track(s, MetricKind.LATENCY, 20, 30, 50);
    }
    return scenes;
  }

  private static double[] voice(Precedents precedents) {
    return PrecedentNetwork.voice(precedents, Topology.of(alike().scene(0)), all(), all().length);
  }

  private static int[] all() {
    return IntStream.range(0, 5).toArray();
  }

  private static List<Case> times(int count, Case known) {
    return Collections.nCopies(count, known);
  }

  private static Ranking rank(Scene scene, Precedents precedents) {
    return new CauseRanker(Weights.standard()).rank(scene, precedents);
  }

  private static String why(Ranking ranking, int service) {
    return ranking.causes().stream()
        .filter(c -> c.service() == service)
        .findFirst()
        .orElseThrow()
        .why();
  }

  private static String text(double[] values) {
    return Arrays.toString(values);
  }
}

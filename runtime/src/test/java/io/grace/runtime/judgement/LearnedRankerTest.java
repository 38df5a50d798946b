package io.grace.runtime.judgement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.learn.Experience;
import io.grace.core.plan.Ranker.Ranked;
import io.grace.core.policy.Learning;
import io.grace.core.state.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which playbook the loop is told to take, by what came of earlier ones.
class LearnedRankerTest {
  private static final Learning EXPLORING =
      new Learning(true, 0.05, Optional.empty(), Optional.empty());

  @Test
  void withoutExperienceTheStaticRankingDecides() {
    assertEquals("first", chosen(Learning.ON, Snapshot.EMPTY, 1));
  }

  @Test
  void whatDidNotHelpComesLaterNextTime() {
    assertEquals("second", chosen(Learning.ON, Web.after(failures(3)), 1));
  }

  @Test
  void serviceThatIsNewStartsFromWhatItsKindHasShown() {
    Ranked before = rank(Learning.ON, Snapshot.EMPTY, 1).getFirst();
    List<Ranked> after =
        new LearnedRanker(Web.policy(Learning.ON))
            .rank(Web.question(Web.B, Web.after(failures(6)), 1));

    double first =
        after.stream().filter(r -> r.playbook().value().equals("first")).findFirst().get().score();
    assertTrue(first < before.score(), first + " < " + before.score());
  }

  @Test
  void whereLearningIsOffOutcomesChangeNothing() {
    assertEquals("first", chosen(Learning.OFF, Web.after(failures(6)), 1));
  }

  @Test
  void sameQuestionHasTheSameAnswerWhoeverIsAsked() {
    Snapshot snapshot = Web.after(failures(4));
    var old = new LearnedRanker(Web.policy(EXPLORING));
    for (int known = 0; known <= 4; known++) {
      old.rank(Web.question(Web.A, Web.after(failures(known)), 7));
    }

    assertEquals(
        new LearnedRanker(Web.policy(EXPLORING)).rank(Web.question(Web.A, snapshot, 7)),
        old.rank(Web.question(Web.A, snapshot, 7)));
  }

  @Test
  void rankerThatKnewWhatIsNoMoreBeginsAnew() {
    var ranker = new LearnedRanker(Web.policy(Learning.ON));
    ranker.rank(Web.question(Web.A, Web.after(failures(6)), 1));

    assertEquals(
        rank(Learning.ON, Snapshot.EMPTY, 1), ranker.rank(Web.question(Web.A, Snapshot.EMPTY, 1)));
  }

  @Test
  void propensityIsTheShareOfSeedsThatChooseIt() {
    Snapshot snapshot = Web.after(failures(1));
    var ranker = new LearnedRanker(Web.policy(EXPLORING));
    double told =
        ranker.rank(Web.question(Web.A, snapshot, 0)).stream()
            .filter(r -> r.playbook().value().equals("second"))
            .findFirst()
            .get()
            .propensity();
    var random = new java.util.SplittableRandom(5);
    int times = 4_000;
    int second = 0;
    for (int i = 0; i < times; i++) {
      Ranked first = ranker.rank(Web.question(Web.A, snapshot, random.nextLong())).getFirst();
      second += first.playbook().value().equals("second") ? 1 : 0;
    }

    assertTrue(told > 0.04 && told < 0.96, "told " + told);
    assertEquals(told, (double) second / times, 0.03);
  }

  @Test
  void propensitiesSumToOneAndBestFirstIsCertain() {
    assertEquals(
        1,
        rank(EXPLORING, Web.after(failures(2)), 3).stream().mapToDouble(Ranked::propensity).sum(),
        1e-9);
    assertEquals(1, rank(Learning.ON, Web.after(failures(2)), 3).getFirst().propensity());
  }

  private static String chosen(Learning learning, Snapshot snapshot, long seed) {
    return rank(learning, snapshot, seed).getFirst().playbook().value();
  }

  private static List<Ranked> rank(Learning learning, Snapshot snapshot, long seed) {
    return new LearnedRanker(Web.policy(learning)).rank(Web.question(Web.A, snapshot, seed));
  }

  private static final List<Experience> FAILURES = new ArrayList<>();

  static {
    for (int i = 0; i < 10; i++) {
      FAILURES.add(Web.experience(Web.A, Web.FIRST, false, 10 * i));
    }
  }

  private static List<Experience> failures(int count) {
    return List.copyOf(FAILURES.subList(0, count));
  }
}

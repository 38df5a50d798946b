package io.grace.intelligence.bayes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.bayes.Network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InferenceTest {
  private static final Network RAIN =
      new Network(
          List.of(
              new Node("rain", List.of("yes", "no"), new int[0], new double[] {0.2, 0.8}),
              new Node("wet", List.of("yes", "no"), new int[] {0}, new double[] {0.9, 0.1, 0, 1}),
              new Node("fog", List.of("yes", "no"), new int[0], new double[] {0.3, 0.7})));

  private static Answer ask(String target, Map<String, String> observed) {
    return new Inference(RAIN, Limits.DEFAULT)
        .posterior(RAIN.number(target), RAIN.evidence(observed), 1);
  }

  @Test
  void answersAreThoseOfEveryCombinationCounted() {
    for (int seed = 0; seed < 600; seed++) {
      compareWithCounting(seed, Limits.DEFAULT);
    }
  }

  @Test
  void holdingVariablesInsteadOfMemoryGivesTheSame() {
    int exact = 0;
    for (int seed = 0; seed < 300; seed++) {
      exact += compareWithCounting(seed, new Limits(40, 1_000_000, 2)) ? 1 : 0;
    }

    assertTrue(exact > 200, exact + " exact");
  }

  /// @return whether the answer was exact
  private static boolean compareWithCounting(int seed, Limits limits) {
    var random = new SplittableRandom(seed);
    Network network = SmallNetworks.random(random, 2 + random.nextInt(8), 4);
    Evidence evidence = SmallNetworks.evidence(random, network, 4);
    int target = random.nextInt(network.size());
    double[] joint = SmallNetworks.joint(network, target, evidence);
    double sum = Arrays.stream(joint).sum();

    Answer answer = new Inference(network, limits).posterior(target, evidence, seed);

    String which = "seed " + seed;
    switch (answer) {
      case Answer.Exact exact -> {
        double[] wanted = Arrays.stream(joint).map(p -> p / sum).toArray();
        assertArrayEquals(wanted, exact.posterior(), 1e-12, which);
        assertEquals(Math.log(sum), exact.logEvidence().orElseThrow(), 1e-9, which);
        return true;
      }
      case Answer.Impossible() -> assertEquals(0, sum, which);
      case Answer.Sampled sampled -> assertTrue(sampled.refused().peak() > limits.cells(), which);
      case Answer.Undecided undecided -> assertTrue(undecided.refused().peak() > limits.cells());
    }
    return false;
  }

  @Test
  void impossibleEvidenceIsSaidToBe() {
    Answer answer = ask("rain", Map.of("rain", "no", "wet", "yes"));

    assertInstanceOf(Answer.Impossible.class, answer);
  }

  @Test
  void impossibleEvidenceIsFoundEvenIfTheTargetDoesNotDependOnIt() {
    Answer answer = ask("fog", Map.of("rain", "no", "wet", "yes"));

    assertInstanceOf(Answer.Impossible.class, answer);
  }

  @Test
  void observedTargetIsCertain() {
    var answer = (Answer.Exact) ask("wet", Map.of("wet", "yes"));

    assertArrayEquals(new double[] {1, 0}, answer.posterior());
    assertEquals(Math.log(0.18), answer.logEvidence().orElseThrow(), 1e-12);
  }

  @Test
  void whatCannotMatterIsLeftOut() {
    var answer = (Answer.Exact) ask("rain", Map.of("fog", "yes"));

    assertEquals(0, answer.cost().variables());
  }

  @Test
  void beyondTheLimitsTheAnswerIsSampledAndSaysSo() {
    Network network = SmallNetworks.random(new SplittableRandom(4), 9, 3);
    Evidence none = Evidence.none(9);
    double[] wanted = SmallNetworks.joint(network, 8, none);

    Answer answer = new Inference(network, new Limits(1, 1, 50_000)).posterior(8, none, 5);

    var sampled = (Answer.Sampled) answer;
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i], sampled.posterior()[i], 4 * sampled.standardErrors()[i]);
    }
    assertTrue(answer.inWords().startsWith("sampled, not exact: standard error up to 0.00"));
  }

  @Test
  void samplesAreTheSameForTheSameSeed() {
    Network network = SmallNetworks.random(new SplittableRandom(4), 9, 3);
    var inference = new Inference(network, new Limits(1, 1, 1_000));

    var one = (Answer.Sampled) inference.posterior(8, Evidence.none(9), 5);
    var other = (Answer.Sampled) inference.posterior(8, Evidence.none(9), 5);

    assertArrayEquals(one.posterior(), other.posterior());
  }

  @Test
  void samplesThatNeverAgreeWithTheEvidenceDecideNothing() {
    var inference = new Inference(RAIN, new Limits(1, 1, 100));

    Answer answer = inference.posterior(0, RAIN.evidence(Map.of("wet", "yes")), 1);

    assertInstanceOf(Answer.Sampled.class, answer);
    assertInstanceOf(
        Answer.Undecided.class,
        new Inference(neverWet(), new Limits(1, 1, 100)).posterior(1, wet(), 1));
  }

  private static Network neverWet() {
    return new Network(
        List.of(
            new Node("a", List.of("y", "n"), new int[0], new double[] {1e-9, 1 - 1e-9}),
            new Node("b", List.of("y", "n"), new int[] {0}, new double[] {0.5, 0.5, 0.5, 0.5}),
            new Node(
                "c", List.of("y", "n"), new int[] {0, 1}, new double[] {1, 0, 1, 0, 0, 1, 0, 1})));
  }

  private static Evidence wet() {
    return Evidence.none(3).and(2, 0);
  }

  @Test
  void longChainsDoNotVanish() {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node("n0", List.of("a", "b"), new int[0], new double[] {0.5, 0.5}));
    Evidence evidence = Evidence.none(4_001);
    for (int i = 1; i <= 4_000; i++) {
      double[] table = {1e-3, 0.999, 2e-3, 0.998};
      nodes.add(new Node("n" + i, List.of("a", "b"), new int[] {0}, table));
      evidence = evidence.and(i, i <= 10 ? 0 : 1);
    }
    var network = new Network(nodes);

    var answer = (Answer.Exact) new Inference(network, Limits.DEFAULT).posterior(0, evidence, 1);

    double odds = Math.exp(10 * Math.log(0.5) + 3_990 * Math.log(0.999 / 0.998));
    assertEquals(odds / (1 + odds), answer.posterior()[0], 1e-9);
  }

  @Test
  void evidenceOfAnotherNetworkIsRefused() {
    var inference = new Inference(RAIN, Limits.DEFAULT);

    assertThrows(IllegalArgumentException.class, () -> inference.posterior(0, Evidence.none(2), 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> inference.posterior(0, Evidence.none(3).and(1, 2), 1));
  }
}

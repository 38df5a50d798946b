package io.grace.intelligence.bayes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grace.intelligence.bayes.Diagnosis.Finding;
import io.grace.intelligence.bayes.Network.Node;
import io.grace.intelligence.bayes.NoisyOr.Link;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CountedTest {
  private static final Network HALF =
      new Network(
          List.of(
              new Node("a", List.of("x", "y"), new int[0], new double[] {0.5, 0.5}),
              new Node("b", List.of("x", "y"), new int[] {0}, new double[] {0.5, 0.5, 0.5, 0.5})));

  private static final NoisyOr TRUE_ONE =
      new NoisyOr(
          new double[] {0.3, 0.2},
          new double[] {0.05, 0.1},
          List.of(new Link(0, 0, 0.8), new Link(0, 1, 0.3), new Link(1, 1, 0.6)));

  private static final NoisyOr BELIEVED =
      new NoisyOr(
          new double[] {0.1, 0.1},
          new double[] {0.2, 0.2},
          List.of(new Link(0, 0, 0.5), new Link(0, 1, 0.5), new Link(1, 1, 0.5)));

  @Test
  void tableIsThePosteriorMeanOfItsDirichlet() {
    var tables = new CountedTables(HALF, 2);
    tables.add(new Evidence(new int[] {0, 1}), 1);
    tables.add(new Evidence(new int[] {0, 1}), 2);

    Network learned = tables.network();

    assertArrayEquals(new double[] {4 / 5.0, 1 / 5.0}, learned.node(0).table(), 1e-15);
    assertArrayEquals(new double[] {0.2, 0.8, 0.5, 0.5}, learned.node(1).table(), 1e-15);
  }

  @Test
  void whatIsNotKnownTeachesNothing() {
    var tables = new CountedTables(HALF, 2);
    tables.add(new Evidence(new int[] {Evidence.UNSEEN, 1}), 1);

    assertArrayEquals(HALF.node(0).table(), tables.network().node(0).table());
    assertArrayEquals(HALF.node(1).table(), tables.network().node(1).table());
  }

  @Test
  void oldCasesCountLess() {
    var tables = new CountedTables(HALF, 1);
    tables.add(new Evidence(new int[] {0, 0}), 4);
    tables.decay(0.25);

    assertEquals(0.75, tables.network().node(0).table()[0], 1e-15);
  }

  @Test
  void countsComeBackFromTheirBytesAndDamageIsRefused() {
    var tables = new CountedTables(HALF, 2);
    tables.add(new Evidence(new int[] {1, 1}), 1.5);
    byte[] bytes = tables.toBytes();

    CountedTables read = CountedTables.of(HALF, 2, bytes);

    assertArrayEquals(bytes, read.toBytes());
    bytes[12] ^= 1;
    assertThrows(IllegalArgumentException.class, () -> CountedTables.of(HALF, 2, bytes));
  }

  @Test
  void noisyOrIsLearnedFromCasesWithSeveralCauses() {
    var counts = new NoisyOrCounts(BELIEVED, 2);
    var random = new SplittableRandom(1);
    for (int n = 0; n < 20_000; n++) {
      addCase(counts, random);
    }

    NoisyOr learned = counts.network();

    assertEquals(0.3, learned.prior(0), 0.02);
    assertEquals(0.2, learned.prior(1), 0.02);
    assertEquals(0.05, learned.leak(0), 0.02);
    assertEquals(0.1, learned.leak(1), 0.02);
    assertEquals(0.8, learned.strength(0), 0.03);
    assertEquals(0.3, learned.strength(1), 0.03);
    assertEquals(0.6, learned.strength(2), 0.03);
  }

  private static void addCase(NoisyOrCounts counts, SplittableRandom random) {
    var present = new BitSet();
    double[] absent = {1 - TRUE_ONE.leak(0), 1 - TRUE_ONE.leak(1)};
    for (int cause = 0; cause < 2; cause++) {
      present.set(cause, random.nextDouble() < TRUE_ONE.prior(cause));
      for (int at = TRUE_ONE.from(cause);
          present.get(cause) && at < TRUE_ONE.from(cause + 1);
          at++) {
        absent[TRUE_ONE.symptomOf(at)] *= 1 - TRUE_ONE.strength(at);
      }
    }
    List<Finding> findings = new ArrayList<>();
    for (double missing : absent) {
      findings.add(random.nextDouble() < missing ? Finding.NOT_SEEN : Finding.SEEN);
    }
    counts.add(present, findings);
  }

  @Test
  void noisyOrCountsComeBackFromTheirBytes() {
    var counts = new NoisyOrCounts(BELIEVED, 2);
    addCase(counts, new SplittableRandom(2));
    counts.decay(0.5);

    NoisyOrCounts read = NoisyOrCounts.of(BELIEVED, 2, counts.toBytes());

    assertArrayEquals(counts.toBytes(), read.toBytes());
    assertEquals(0.5, read.cases());
    assertThrows(
        IllegalArgumentException.class,
        () -> NoisyOrCounts.of(BELIEVED, 2, new CountedTables(HALF, 1).toBytes()));
  }
}

package io.grace.core.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.fixture.Samples;
import io.grace.core.fixture.Shop;
import io.grace.core.model.Check;
import io.grace.core.model.Check.Comparison;
import io.grace.core.model.Finding;
import io.grace.core.model.Plans;
import io.grace.core.monitor.Verifier.Judgement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Two good samples pass, three bad ones fail, after ten seconds and within sixty.
class VerifierTest {
  private static final Instant DONE = Shop.NOW;

  @Test
  void enoughGoodSamplesPass() {
    assertEquals(Optional.of(Finding.PASSED), judge(samples(12, 100, 90), 20));
  }

  @Test
  void enoughBadSamplesFail() {
    assertEquals(Optional.of(Finding.FAILED), judge(samples(12, 900, 900, 900), 20));
  }

  @Test
  void neitherInTimeIsInconclusive() {
    assertEquals(Optional.of(Finding.INCONCLUSIVE), judge(samples(12, 900, 100, 900), 60));
  }

  @Test
  void noDataIsInconclusiveAndNotAFailure() {
    assertEquals(Optional.of(Finding.INCONCLUSIVE), judge(new Samples(), 60));
  }

  @Test
  void nothingIsSaidWhileThereIsTime() {
    assertEquals(Optional.empty(), judge(samples(12, 100), 59));
  }

  @Test
  void samplesFromBeforeItSettledDoNotCount() {
    assertEquals(Optional.empty(), judge(samples(1, 100, 100, 100), 30));
    assertEquals(Optional.empty(), judge(samples(11, 100, 100), 9));
  }

  @Test
  void preconditionWithoutDataDoesNotHold() {
    var check = new Check(Optional.of(Shop.ORDERS), Shop.LATENCY, Comparison.LESS, 500);

    assertEquals(1, Verifier.unmet(List.of(check), new Samples(), DONE).size());
    assertTrue(Verifier.unmet(List.of(check), samples(1, 100), DONE).isEmpty());
  }

  private static Samples samples(int after, double... values) {
    return new Samples().add(Shop.ORDERS, Shop.LATENCY, DONE.plusSeconds(after), values);
  }

  private static Optional<Finding> judge(Samples samples, int after) {
    return Verifier.judge(
            Shop.fastAgain().with(Plans.scope(Shop.ORDERS, Map.of())),
            samples,
            DONE,
            DONE.plusSeconds(after))
        .map(Judgement::finding);
  }
}

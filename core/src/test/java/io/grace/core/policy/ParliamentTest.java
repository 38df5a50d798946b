package io.grace.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.policy.Parliament.Count;
import io.grace.core.policy.Parliament.Decision;
import io.grace.core.policy.Parliament.Missing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParliamentTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final List<String> FIVE = List.of("ann", "bob", "cy", "dee", "eve");
  private static final Parliament THREE_OF_FIVE = new Parliament(FIVE, 3, 0.5, WEEK, false);

  @Test
  void isSettledOnceNoVoteThatIsOutCouldChangeIt() {
    assertEquals(Optional.of(Decision.CARRIED), settled(3, 0));
    assertEquals(Optional.of(Decision.LOST), settled(0, 3));
    assertEquals(Optional.empty(), settled(2, 1));
    assertEquals(Optional.empty(), settled(2, 2));
    assertEquals(Optional.of(Decision.CARRIED), settled(3, 2));
  }

  @Test
  void isNeverSettledWithoutItsQuorum() {
    var all = new Parliament(FIVE, 5, 0.5, WEEK, false);

    assertEquals(Optional.empty(), all.settled(new Count(4, 0)));
    assertEquals(Optional.of(Decision.CARRIED), all.settled(new Count(5, 0)));
  }

  /// For every parliament of up to six, whatever those who have not voted do.
  @Test
  void whatIsSettledIsWhatWouldBeDecidedInTheEnd() {
    for (int size = 1; size <= 6; size++) {
      for (int quorum = 1; quorum <= size; quorum++) {
        for (double majority : new double[] {0.5, 0.6, 2.0 / 3, 0.9}) {
          var rules = new Parliament(names(size), quorum, majority, WEEK, false);
          for (int yes = 0; yes <= size; yes++) {
            for (int no = 0; yes + no <= size; no++) {
              requireFinal(rules, new Count(yes, no), size - yes - no);
            }
          }
        }
      }
    }
  }

  /// For every parliament of up to six: neither less nor more would do.
  @Test
  void isCarriedExactlyOnceNothingIsMissing() {
    for (int size = 1; size <= 6; size++) {
      for (int quorum = 1; quorum <= size; quorum++) {
        for (double majority : new double[] {0.5, 0.6, 2.0 / 3, 0.9}) {
          var rules = new Parliament(names(size), quorum, majority, WEEK, false);
          for (int yes = 0; yes <= size; yes++) {
            for (int no = 0; yes + no <= size; no++) {
              var count = new Count(yes, no);
              assertEquals(
                  rules.settled(count).equals(Optional.of(Decision.CARRIED)),
                  rules.missing(count).equals(new Missing(0, 0)),
                  rules + " " + count);
            }
          }
        }
      }
    }
    assertEquals(new Missing(2, 2), THREE_OF_FIVE.missing(new Count(1, 0)));
    assertEquals(new Missing(1, 3), THREE_OF_FIVE.missing(new Count(0, 2)));
  }

  private static void requireFinal(Parliament rules, Count now, int out) {
    var settled = rules.settled(now);
    if (settled.isPresent()) {
      for (int yes = 0; yes <= out; yes++) {
        for (int no = 0; yes + no <= out; no++) {
          var end = new Count(now.inFavour() + yes, now.against() + no);
          assertEquals(settled.get(), rules.closed(end), rules + " " + now + " → " + end);
        }
      }
    } else if (out == 0) {
      throw new AssertionError(rules + " does not decide though all have voted: " + now);
    }
  }

  @Test
  void whenItsTimeIsOverTheVotesCastDecideIfTheyAreAQuorum() {
    assertEquals(Decision.LAPSED, THREE_OF_FIVE.closed(new Count(2, 0)));
    assertEquals(Decision.CARRIED, THREE_OF_FIVE.closed(new Count(2, 1)));
    assertEquals(Decision.LOST, THREE_OF_FIVE.closed(new Count(2, 2)));
  }

  @Test
  void oneWhoMayBeTwoMembersIsRefused() {
    assertRefused("members may be", () -> parliament(List.of("ann", "oidc:Ann"), 1, true));
  }

  @Test
  void requiredNeedsMembersAndAQuorumThatTheyCanReach() {
    assertRefused("required needs", () -> parliament(List.of(), 0, true));
    assertRefused("quorum needs", () -> parliament(List.of(), 1, false));
    assertRefused("quorum must", () -> parliament(FIVE, 6, false));
    assertRefused("quorum must", () -> parliament(FIVE, 0, false));
  }

  private static void assertRefused(String begins, Runnable make) {
    var refused = assertThrows(IllegalArgumentException.class, make::run);
    assertTrue(String.valueOf(refused.getMessage()).startsWith(begins), refused.getMessage());
  }

  private static Parliament parliament(List<String> members, int quorum, boolean binds) {
    return new Parliament(members, quorum, 0.5, WEEK, binds);
  }

  private static Optional<Decision> settled(int inFavour, int against) {
    return THREE_OF_FIVE.settled(new Count(inFavour, against));
  }

  private static List<String> names(int size) {
    return List.of("ann", "bob", "cy", "dee", "eve", "fay").subList(0, size);
  }
}

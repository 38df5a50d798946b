package io.grace.core.govern;

import static io.grace.core.govern.Situation.CALM;
import static io.grace.core.govern.Situation.NOW;
import static io.grace.core.govern.Situation.nightShop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grace.core.event.Event.Paused;
import io.grace.core.fixture.Runs;
import io.grace.core.fixture.Shop;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.model.Impact;
import io.grace.core.model.Mode;
import io.grace.core.model.Receipt;
import io.grace.core.state.Run;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Each rule at each moment at which it is asked; see also its three siblings.
class GateTest {
  @Test
  void everyRuleAgreesWhereNothingIsInTheWay() {
    for (Moment moment : Moment.values()) {
      assertInstanceOf(Verdict.Allowed.class, CALM.at(moment), moment.name());
    }
  }

  @Test
  void everyAnswerIsKept() {
    assertEquals(
        Gate.ruleNames(), CALM.at(Moment.PROPOSAL).receipts().stream().map(Receipt::rule).toList());
  }

  @Test
  void denialBeatsDeferralBeatsQuestion() {
    Situation asks = CALM.in(Shop.OPEN.with(Mode.APPROVE));
    Situation asksAndWaits = asks.after(new Paused("ann", "", NOW));
    Situation all = asksAndWaits.unmet("no");

    assertInstanceOf(Verdict.NeedsApproval.class, asks.at(Moment.FIRST_STEP));
    assertInstanceOf(Verdict.Deferred.class, asksAndWaits.at(Moment.FIRST_STEP));
    assertInstanceOf(Verdict.Denied.class, all.at(Moment.FIRST_STEP));
  }

  @Test
  void deferralThatIsUpToPeopleHasNoEnd() {
    Situation both = CALM.in(nightShop(Impact.MEDIUM)).after(new Paused("ann", "", NOW));

    var verdict = assertInstanceOf(Verdict.Deferred.class, both.at(Moment.FIRST_STEP));
    assertEquals(Optional.empty(), verdict.until());
  }

  @Test
  void warrantIsForTheStepWhoseIntentIsJournaled() {
    var facts = new Run.Facts(Shop.RUN, CALM.proposal(), "", NOW, List.of());
    var acting = Runs.acting(facts, 1, NOW.plusSeconds(300), NOW);

    Warrant warrant = Gate.warrants(acting, 1, CALM.shop().policy()).getFirst();

    assertEquals("r-000001/1/0", warrant.idempotencyKey());
    assertEquals(NOW.plusSeconds(30), warrant.expires());
    assertEquals(List.of(), Gate.warrants(acting, 2, CALM.shop().policy()));
    assertThrows(
        IllegalStateException.class,
        () -> Gate.warrants(acting, 1, Shop.OPEN.withActions("unscale").policy()));
  }
}

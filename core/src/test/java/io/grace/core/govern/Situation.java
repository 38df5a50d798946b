package io.grace.core.govern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.event.Event;
import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.fixture.Shop;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.model.Impact;
import io.grace.core.model.Proposal;
import io.grace.core.model.Receipt;
import io.grace.core.model.Receipt.Ruling;
import io.grace.core.model.RunId;
import io.grace.core.policy.ChangeCalendar;
import io.grace.core.policy.TimeInterval;
import io.grace.core.state.Approval;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A question to the gate, from one situation in which every rule agrees.
record Situation(
    Shop shop,
    Proposal proposal,
    Snapshot snapshot,
    List<Approval> approvals,
    List<String> unmet,
    Optional<Instant> heard,
    Instant now) {
  static final Instant NOW = Shop.NOW;
  static final Situation CALM = new Situation();

  Situation() {
    this(Shop.OPEN, Shop.OPEN.proposal(Shop.ORDERS));
  }

  Situation(Shop shop, Proposal proposal) {
    this(
        shop,
        proposal,
        shop.sick(proposal.service()),
        List.of(),
        List.of(),
        Optional.of(NOW.minus(Duration.ofSeconds(1))),
        NOW);
  }

  Situation in(Shop other) {
    return new Situation(other, other.proposal(Shop.ORDERS));
  }

  Situation after(Event... events) {
    return new Situation(
        shop, proposal, snapshot.after(List.of(events)), approvals, unmet, heard, now);
  }

  /// Later, with telemetry as fresh.
  Situation at(Instant later) {
    return new Situation(
        shop,
        proposal,
        snapshot,
        approvals,
        unmet,
        Optional.of(later.minus(Duration.ofSeconds(1))),
        later);
  }

  Situation heard(Optional<Instant> at) {
    return new Situation(shop, proposal, snapshot, approvals, unmet, at, now);
  }

  Situation unmet(String what) {
    return new Situation(shop, proposal, snapshot, approvals, List.of(what), heard, now);
  }

  Situation approvedBy(ApprovalScope scope, String... people) {
    Situation approved = this;
    for (String person : people) {
      approved = approved.approved(new Approval(person, proposal.hash(), scope, NOW));
    }
    return approved;
  }

  Situation approved(Approval approval) {
    var all = new ArrayList<>(approvals);
    all.add(approval);
    return new Situation(shop, proposal, snapshot, all, unmet, heard, now);
  }

  Verdict at(Moment moment) {
    return Gate.judge(
        new Ask(
            moment,
            Optional.of(Shop.RUN),
            proposal,
            approvals,
            snapshot,
            shop.policy(),
            unmet,
            heard,
            now));
  }

  Optional<Receipt> receipt(String rule, Moment moment) {
    return at(moment).receipts().stream().filter(r -> r.rule().equals(rule)).findFirst();
  }

  Ruling ruling(String rule, Moment moment) {
    return receipt(rule, moment).orElseThrow().ruling();
  }

  String why(String rule, Moment moment) {
    return receipt(rule, moment).orElseThrow().why();
  }

  static Map<Moment, Ruling> everywhere(Ruling ruling) {
    return Map.of(
        Moment.PROPOSAL,
        ruling,
        Moment.FIRST_STEP,
        ruling,
        Moment.LATER_STEP,
        ruling,
        Moment.UNDO,
        ruling);
  }

  static Map<Moment, Ruling> forward(Ruling ruling) {
    return Map.of(Moment.PROPOSAL, ruling, Moment.FIRST_STEP, ruling, Moment.LATER_STEP, ruling);
  }

  static Map<Moment, Ruling> before(Ruling ruling) {
    return Map.of(Moment.PROPOSAL, ruling, Moment.FIRST_STEP, ruling);
  }

  /// What the rule says at each moment; at the moments not given it is not asked.
  static void ruling(Situation situation, String rule, Map<Moment, Ruling> wanted) {
    for (Moment moment : Moment.values()) {
      assertEquals(
          Optional.ofNullable(wanted.get(moment)),
          situation.receipt(rule, moment).map(Receipt::ruling),
          rule + " at " + moment);
    }
  }

  static Situation proposals(Instant at) {
    Situation s = CALM.in(Shop.OPEN.with(Shop.limits(1, 5, 50, 9)));
    return s.after(failedRun("r-000009", at));
  }

  static Event[] failedRun(String id, Instant at) {
    var run = new RunId(id);
    RunProposed proposed = Shop.OPEN.proposed(run, Shop.ORDERS, at);
    return new Event[] {
      proposed,
      new RunAdmitted(run, List.of(), at.plusSeconds(60), at),
      new StepStarted(run, 0, 0, 1, List.of(), at),
      new StepEnded(run, 0, 0, StepOutcome.FAILED, "", at)
    };
  }

  static ChangeCalendar frozen() {
    var always = ChangeCalendar.always().windows();
    return new ChangeCalendar(always, always);
  }

  /// Open from two to four at night.
  static Shop nightShop(Impact impact) {
    var night =
        new TimeInterval(
            "night",
            List.of(new TimeInterval.Times(120, 240)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            ZoneId.of("UTC"));
    return Shop.OPEN
        .with(Shop.playbook("scale", impact, Shop.undoable()))
        .with(new ChangeCalendar(List.of(night), List.of()));
  }
}

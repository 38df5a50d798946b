package io.grace.core.govern;

import io.grace.core.govern.Ask.Moment;
import io.grace.core.govern.Rule.Opinion;
import io.grace.core.model.Action;
import io.grace.core.model.Receipt;
import io.grace.core.model.Receipt.Ruling;
import io.grace.core.policy.Policy;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The one door between wanting and doing. Every rule is asked and every answer kept; what a rule
/// denies is denied, and only what all of them pass gets in.
///
/// Judged when a run is proposed and again before every step and every undo, because the world
/// changes in between: a window closes, telemetry falls silent, somebody throws the switch.
public final class Gate {
  private static final Set<Moment> ALWAYS = EnumSet.allOf(Moment.class);
  private static final Set<Moment> FORWARD =
      EnumSet.of(Moment.PROPOSAL, Moment.FIRST_STEP, Moment.LATER_STEP);
  private static final Set<Moment> BEFORE = EnumSet.of(Moment.PROPOSAL, Moment.FIRST_STEP);
  private static final Set<Moment> ONCE = EnumSet.of(Moment.PROPOSAL);

  /// All governance there is, in the order in which receipts are shown. A later step is not asked
  /// whether it is still needed: the steps before it may have helped already.
  private static final List<Rule> RULES =
      List.of(
          new Rule("kill_switch", ALWAYS, false, SafetyRules::killSwitch),
          new Rule("mode", ALWAYS, true, SafetyRules::mode),
          new Rule("admitted_actions", ALWAYS, true, SafetyRules::admittedActions),
          new Rule("policy_current", FORWARD, false, SafetyRules::policyCurrent),
          new Rule("ratified", FORWARD, false, ConsentRules::ratified),
          new Rule("telemetry_fresh", FORWARD, false, SafetyRules::telemetryFresh),
          new Rule("still_needed", BEFORE, false, SafetyRules::stillNeeded),
          new Rule("storm", BEFORE, false, SafetyRules::storm),
          new Rule("too_many_broken", BEFORE, false, SafetyRules::tooManyBroken),
          new Rule("ownership", FORWARD, false, SafetyRules::ownership),
          new Rule("preconditions", BEFORE, true, SafetyRules::preconditions),
          new Rule("duplicate", BEFORE, true, BudgetRules::duplicate),
          new Rule("one_run_per_service", BEFORE, false, BudgetRules::oneRunPerService),
          new Rule("proposal_rate", ONCE, false, BudgetRules::proposalRate),
          new Rule("backoff", ONCE, true, BudgetRules::backoff),
          new Rule("attempt_cap", ONCE, false, BudgetRules::attemptCap),
          new Rule("blast_radius", FORWARD, true, BudgetRules::blastRadius),
          new Rule("change_window", FORWARD, false, ConsentRules::changeWindow),
          new Rule("guardrail", BEFORE, true, ConsentRules::guardrail),
          new Rule("trust", BEFORE, true, ConsentRules::earned),
          new Rule("reversible", BEFORE, true, ConsentRules::reversible),
          new Rule("approval", FORWARD, false, ConsentRules::approval));

  private Gate() {}

  public static Verdict judge(Ask ask) {
    var receipts = new ArrayList<Receipt>();
    var opinions = new ArrayList<Opinion>();
    for (Rule rule : RULES) {
      if (rule.moments().contains(ask.moment())) {
        Opinion opinion = rule.judge().judge(ask);
        opinions.add(opinion);
        receipts.add(new Receipt(rule.name(), opinion.ruling(), opinion.why()));
      }
    }
    return verdict(List.copyOf(receipts), opinions);
  }

  /// A denial beats a deferral beats a question. Of several deferrals the latest counts.
  private static Verdict verdict(List<Receipt> receipts, List<Opinion> opinions) {
    Optional<Receipt> denied = first(receipts, Ruling.DENIED);
    if (denied.isPresent()) {
      return new Verdict.Denied(receipts, denied.get().rule(), denied.get().why());
    }
    Optional<Receipt> deferred = first(receipts, Ruling.DEFERRED);
    if (deferred.isPresent()) {
      boolean isUpToPeople =
          opinions.stream().anyMatch(o -> o.ruling() == Ruling.DEFERRED && o.until().isEmpty());
      Optional<Instant> until =
          opinions.stream().flatMap(o -> o.until().stream()).max(Instant::compareTo);
      return new Verdict.Deferred(
          receipts, deferred.get().why(), isUpToPeople ? Optional.empty() : until);
    }
    return first(receipts, Ruling.ASKS)
        .<Verdict>map(r -> new Verdict.NeedsApproval(receipts, r.why()))
        .orElse(new Verdict.Allowed(receipts));
  }

  private static Optional<Receipt> first(List<Receipt> receipts, Ruling ruling) {
    return receipts.stream().filter(r -> r.ruling() == ruling).findFirst();
  }

  /// Whether another playbook could get past the rule that denied.
  public static boolean isAboutPlaybook(String rule) {
    return RULES.stream().anyMatch(r -> r.name().equals(rule) && r.isAboutPlaybook());
  }

  public static List<String> ruleNames() {
    return RULES.stream().map(Rule::name).toList();
  }

  /// The warrants for the steps whose intent is journaled in this life.
  ///
  /// @throws IllegalStateException if an action is not in the catalogue: its step should never have
  ///   been started
  public static List<Warrant> warrants(Run.Working run, long epoch, Policy policy) {
    var warrants = new ArrayList<Warrant>();
    for (int step = 0; step < run.progress().places().size(); step++) {
      if (run.progress().place(step) instanceof Place.Acting(int attempt, long begun, _)
          && begun == epoch) {
        warrants.add(
            warrant(
                run,
                step,
                attempt,
                run.plan().steps().get(step).act().orElseThrow().action(),
                run.limit(step).orElseThrow(),
                policy));
      }
    }
    return warrants;
  }

  /// The warrant for an undo whose intent is journaled.
  ///
  /// @throws IllegalStateException if there is nothing to undo or the action is not in the
  ///   catalogue
  public static Warrant warrant(Run.Compensating run, Policy policy) {
    Action undo =
        run.plan()
            .steps()
            .get(run.step())
            .compensation()
            .orElseThrow(() -> new IllegalStateException("nothing to undo in " + run.id()));
    return warrant(run, run.step(), Warrant.UNDO, undo, run.limit().orElseThrow(), policy);
  }

  private static Warrant warrant(
      Run run, int step, int attempt, Action action, Instant limit, Policy policy) {
    var spec = policy.catalogue().get(action.name());
    if (spec == null || !spec.admits(action)) {
      throw new IllegalStateException("not admitted: " + action);
    }
    return new Warrant(run.id(), step, attempt, action, limit);
  }
}

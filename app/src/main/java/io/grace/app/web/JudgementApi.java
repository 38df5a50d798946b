package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.core.learn.Trust;
import io.grace.runtime.judgement.Pattern;
import io.grace.runtime.judgement.Worth;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What choosing by outcomes was worth, what each playbook has earned, and what follows what.
@RestController
public final class JudgementApi {
  private final Backend backend;
  private final InstantSource clock;

  JudgementApi(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.clock = clock;
  }

  public record BetweenView(double mean, double low, double high) {
    static BetweenView of(Worth.Between b) {
      return new BetweenView(b.mean(), b.low(), b.high());
    }
  }

  /// @param evidence in words
  public record TrustView(boolean earned, int streak, double atLeast, String evidence) {
    static TrustView of(Trust t) {
      return new TrustView(t.isEarned(), t.streak(), t.atLeast(), t.evidence());
    }
  }

  /// @param recoversAnyway within ten minutes, if nobody acts
  /// @param effect the share that recovered with it less the share that would have without
  public record EffectView(
      String service,
      String diagnosis,
      String playbook,
      int runs,
      BetweenView recoversAnyway,
      BetweenView effect,
      Optional<TrustView> trust) {
    static EffectView of(Worth.Effect e) {
      return new EffectView(
          e.key().service().value(),
          e.key().diagnosis().value(),
          e.key().playbook().value(),
          e.runs(),
          BetweenView.of(e.recoversAnyway()),
          BetweenView.of(e.effect()),
          e.trust().map(TrustView::of));
    }
  }

  /// @param uplift verified successes a decision above what the static ranking would have had
  /// @param regret chance of success a decision that was given up to learn
  public record WorthView(
      Optional<BetweenView> uplift,
      Optional<BetweenView> regret,
      int decisions,
      List<EffectView> effects) {}

  /// @param precision how often it will be right
  /// @param withinSeconds nine in ten came by then
  /// @param q the share of rules as sure as this that may be chance
  public record RuleView(
      String cause,
      String effect,
      double precision,
      double cases,
      double followed,
      double byChance,
      long withinSeconds,
      double q,
      String sentence) {
    static RuleView of(Pattern r) {
      return new RuleView(
          r.cause(),
          r.effect(),
          r.precision(),
          r.cases(),
          r.followed(),
          r.byChance(),
          r.within().toSeconds(),
          r.q(),
          r.sentence());
    }
  }

  @GetMapping("/api/self_heal/learning/worth")
  public WorthView worth() {
    Worth worth = Worth.of(backend.snapshot(), backend.policy(), clock.instant());
    return new WorthView(
        worth.uplift().map(BetweenView::of),
        worth.regret().map(BetweenView::of),
        worth.decisions(),
        worth.effects().stream().map(EffectView::of).toList());
  }

  /// The rules that hold, the surest first.
  @GetMapping("/api/patterns")
  public Page<RuleView> patterns() {
    return Page.whole(backend.patterns().stream().map(RuleView::of).toList());
  }
}

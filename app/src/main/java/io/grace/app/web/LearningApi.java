package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.Backend.EndedRun;
import io.grace.app.Backend.RunQuery;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.core.learn.Belief;
import io.grace.core.learn.Tally;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.state.Snapshot;
import io.grace.core.state.Snapshot.Ailment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What GRACE learned from outcomes.
@RestController
public final class LearningApi {
  private final Backend backend;
  private final InstantSource clock;

  LearningApi(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.clock = clock;
  }

  /// @param successRate in [0, 1]; null without a run
  /// @param meanMs from proposal to outcome; null without a run
  /// @param selfRecoveries incidents of this diagnosis that cleared though GRACE had done nothing,
  ///   of all time
  public record LearnedView(
      String service,
      String diagnosis,
      String playbook,
      int succeeded,
      int failed,
      Optional<Double> successRate,
      Optional<Long> meanMs,
      int selfRecoveries) {}

  public record OutcomeView(
      String run,
      String service,
      String diagnosis,
      String playbook,
      String outcome,
      long tookMs,
      Instant endedAt) {
    static OutcomeView of(EndedRun r) {
      return new OutcomeView(
          r.id().value(),
          r.proposal().service().value(),
          r.proposal().diagnosis().kind().value(),
          r.proposal().plan().playbook().value(),
          Words.of(r.outcome()),
          Duration.between(r.proposedAt(), r.endedAt()).toMillis(),
          r.endedAt());
    }
  }

  @GetMapping("/api/self_heal/learning")
  public Page<LearnedView> learning(
      @RequestParam(name = "time_bucket", required = false) @Nullable String timeBucket,
      @RequestParam @Nullable String service,
      @RequestParam @Nullable String playbook) {
    String bucket = bucket(timeBucket);
    Optional<ServiceId> of = Inputs.anyService(service);
    Optional<PlaybookId> by = Inputs.anyPlaybook(playbook);
    Instant now = clock.instant();
    Snapshot snapshot = backend.snapshot();
    return Page.whole(
        snapshot.beliefs().entrySet().stream()
            .filter(e -> of.isEmpty() || of.get().equals(e.getKey().service()))
            .filter(e -> by.isEmpty() || by.get().equals(e.getKey().playbook()))
            .sorted(
                Comparator.comparing((Map.Entry<Proposal.Key, Belief> e) -> e.getKey().toString()))
            .map(e -> learned(e.getKey(), tally(e.getValue(), bucket, now), snapshot))
            .toList());
  }

  private static String bucket(@Nullable String timeBucket) {
    return Inputs.word("time_bucket", timeBucket, "all", "24h", "7d");
  }

  private static Tally tally(Belief belief, String bucket, Instant now) {
    return switch (bucket) {
      case "24h" -> belief.lastDay(now);
      case "7d" -> belief.lastWeek(now);
      default -> belief.all();
    };
  }

  private static LearnedView learned(Proposal.Key key, Tally tally, Snapshot snapshot) {
    boolean any = tally.runs() > 0;
    return new LearnedView(
        key.service().value(),
        key.diagnosis().value(),
        key.playbook().value(),
        tally.succeeded(),
        tally.failed(),
        any ? Optional.of((double) tally.succeeded() / tally.runs()) : Optional.empty(),
        any ? Optional.of(tally.mean().toMillis()) : Optional.empty(),
        snapshot.selfRecoveries().getOrDefault(new Ailment(key.service(), key.diagnosis()), 0));
  }

  /// The runs behind it, by when they were proposed, the newest first.
  @GetMapping("/api/self_heal/learning/outcomes")
  public Page<OutcomeView> outcomes(
      @RequestParam(name = "time_bucket", required = false) @Nullable String timeBucket,
      @RequestParam @Nullable String service,
      @RequestParam @Nullable String playbook,
      @RequestParam @Nullable Integer limit,
      @RequestParam @Nullable String after)
      throws StoreUnavailable {
    Instant now = clock.instant();
    Instant since =
        switch (bucket(timeBucket)) {
          case "24h" -> now.minus(Duration.ofDays(1));
          case "7d" -> now.minus(Duration.ofDays(7));
          default -> Instant.EPOCH;
        };
    int most = Inputs.limit(limit);
    var query =
        new RunQuery(
            true,
            Inputs.anyService(service),
            Inputs.anyPlaybook(playbook),
            since,
            Inputs.optional("after", after, RunId::new),
            most + 1);
    return Page.first(backend.endedRuns(query), most, r -> r.id().value(), OutcomeView::of);
  }
}

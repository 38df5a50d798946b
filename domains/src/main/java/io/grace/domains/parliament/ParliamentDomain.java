package io.grace.domains.parliament;

import io.grace.core.govern.Warrant;
import io.grace.core.loop.Command;
import io.grace.core.loop.Commands;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Parliament;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.core.spi.TelemetrySource;
import io.grace.core.state.Motion;
import io.grace.core.state.Motions;
import io.grace.core.state.Motions.Ended;
import io.grace.domains.Eye;
import io.grace.domains.Eye.Measured;
import io.grace.domains.Hands;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.House;
import io.grace.runtime.loop.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parliament as a patient: motions that nobody votes on, members who do not vote, a policy that
/// nobody agreed to. It never votes; what it closes, it asks of the loop, which looks again.
/// *Thread-safe.*
public final class ParliamentDomain implements Domain {
  static final ServiceId MOTIONS = new ServiceId("motion_queue");
  static final ServiceId QUORUM = new ServiceId("quorum");

  private static final String ACTOR = "grace.parliament";
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  /// Of the newest motions that were decided, in which a member may have voted.
  private static final int RECENT = 10;

  private final House house;
  private final Duration staleAfter;
  private final Hands hands;

  /// @param staleAfter so long nobody voted on a motion that is stale
  ParliamentDomain(House house, Duration staleAfter, List<ActionSpec> actions) throws IOException {
    this.house = house;
    this.staleAfter = staleAfter;
    this.hands =
        Hands.of(
            ParliamentKind.NAME,
            actions,
            Map.of("lapse_stale_motions", this::lapse),
            house.directory());
  }

  @Override
  public List<TelemetrySource> eyes() {
    return List.of(new Eye("domain parliament", INTERVAL, this::read));
  }

  @Override
  public Optional<ActionProvider> hands() {
    return Optional.of(hands);
  }

  private List<Measured> read(Instant now) {
    Motions motions = house.snapshot().get().motions();
    long oldest =
        motions.open().values().stream()
            .mapToLong(m -> Duration.between(m.since(), now).toSeconds())
            .max()
            .orElse(0);
    boolean isForbidden = motions.forbids(house.policy().hash());
    return List.of(
        new Measured(MOTIONS, "motions_open", motions.open().size()),
        new Measured(MOTIONS, "motions_stale", stale(motions, staleAfter, now).size()),
        new Measured(MOTIONS, "motion_age_s", Math.max(0, oldest)),
        new Measured(QUORUM, "members_active_ratio", active(motions)),
        new Measured(QUORUM, "policy_unratified", isForbidden ? 1 : 0));
  }

  /// Motions without a quorum on which nobody has voted for so long, by their ids.
  static List<Motion> stale(Motions motions, Duration after, Instant now) {
    Parliament rules = motions.rules();
    return motions.open().values().stream()
        .filter(m -> !rules.hasQuorum(m.count(rules)) && !m.moved().plus(after).isAfter(now))
        .sorted(Comparator.comparing(Motion::id))
        .toList();
  }

  /// The share of members who voted on one of the newest motions that were decided; what was
  /// withdrawn needed no vote. Nobody is idle where there was nothing to decide.
  static double active(Motions motions) {
    List<String> members = motions.rules().members();
    List<Ended> decided = motions.ended().stream().filter(e -> e.decision().isPresent()).toList();
    if (members.isEmpty() || decided.isEmpty()) {
      return 1;
    }
    var recent = decided.subList(Math.max(0, decided.size() - RECENT), decided.size());
    long voted =
        members.stream()
            .filter(m ->
                recent.stream()
                    .flatMap(e -> e.motion().cast().stream())
                    .anyMatch(c -> c.by().equals(m)))
            .count();
    return (double) voted / members.size();
  }

  private Result lapse(Warrant warrant) throws InterruptedException {
    Instant now = house.clock().instant();
    List<Motion> stale = stale(house.snapshot().get().motions(), staleAfter, now);
    int lapsed = 0;
    for (Motion motion : stale) {
      var command =
          new Command.Lapse(
              motion.id(), staleAfter, ACTOR, "nobody voted on it within " + staleAfter);
      Optional<Reply.Answer> answer = house.works().ask(command, ANSWER_LIMIT);
      if (answer.isEmpty()) {
        return new Result.Unknown("the loop did not answer in time about " + motion.id());
      }
      // A refusal is fine: somebody voted meanwhile, or it was decided.
      lapsed += answer.get() instanceof Reply.Answer.Decided(Commands.Outcome.Accepted _) ? 1 : 0;
    }
    return new Result.Done("lapsed " + lapsed + " of " + stale.size());
  }

  @Override
  public void close() {
    // Nothing of it runs by itself.
  }
}

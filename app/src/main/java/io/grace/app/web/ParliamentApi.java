package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.core.event.Event;
import io.grace.core.event.PolicyMotion.Ballot;
import io.grace.core.event.PolicyMotion.MotionMade;
import io.grace.core.loop.Command;
import io.grace.core.model.MotionId;
import io.grace.core.policy.Parliament;
import io.grace.core.policy.Parliament.Count;
import io.grace.core.policy.Parliament.Missing;
import io.grace.core.state.Motion;
import io.grace.core.state.Motions;
import io.grace.core.state.Motions.Ended;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Members of parliament move policies and vote on them; everybody may see how.
@RestController
public final class ParliamentApi {
  private final Backend backend;
  private final Commander commander;

  ParliamentApi(Backend backend) {
    this.backend = backend;
    this.commander = new Commander(backend);
  }

  /// @param policy its hash; that of the policy of now if it is missing
  public record MoveBody(@Nullable String policy, @Nullable String reason) {}

  /// @param vote `for` or `against`
  public record VoteBody(@Nullable String vote, @Nullable String reason) {}

  public record WithdrawBody(@Nullable String reason) {}

  public record MovedView(String id) {}

  public record VotedView(String id, String state) {}

  public record CastView(String by, String vote, Instant at) {}

  /// @param state `open`, `carried`, `lost`, `lapsed` or `withdrawn`
  /// @param inFavour by those who are members now, as `against`
  /// @param missingVotes to a quorum
  /// @param missingInFavour until it is carried, whoever else votes how
  /// @param expires when it is closed, if nothing settles it before
  public record MotionView(
      String id,
      String policy,
      String by,
      String reason,
      String state,
      int inFavour,
      int against,
      int missingVotes,
      int missingInFavour,
      List<CastView> cast,
      Instant since,
      Instant expires,
      Optional<Instant> ended) {}

  /// @param policy the one of now
  /// @param ratified whether anything may be done under it, as far as parliament is concerned
  /// @param motions the newest first: open ones, and those that ended lately
  public record ParliamentView(
      List<String> members,
      int quorum,
      double majority,
      boolean required,
      String policy,
      boolean ratified,
      List<MotionView> motions) {}

  @GetMapping("/api/parliament/motions")
  public ParliamentView motions() {
    Motions motions = backend.snapshot().motions();
    Parliament rules = motions.rules();
    var views = new ArrayList<MotionView>();
    for (Motion motion : motions.open().values()) {
      views.add(view(motion, rules, "open", Optional.empty()));
    }
    for (Ended e : motions.ended()) {
      String state = e.decision().map(Words::of).orElse("withdrawn");
      views.add(view(e.motion(), rules, state, Optional.of(e.at())));
    }
    views.sort(Comparator.comparing(MotionView::id).reversed());
    var policy = backend.policy().hash();
    return new ParliamentView(
        rules.members(),
        rules.quorum(),
        rules.majority(),
        rules.binds(),
        policy.value(),
        !motions.forbids(policy),
        List.copyOf(views));
  }

  private static MotionView view(
      Motion motion, Parliament rules, String state, Optional<Instant> ended) {
    Count count = motion.count(rules);
    Missing missing = rules.missing(count);
    return new MotionView(
        motion.id().value(),
        motion.policy().value(),
        motion.by(),
        motion.reason(),
        state,
        count.inFavour(),
        count.against(),
        missing.votes(),
        missing.inFavour(),
        motion.cast().stream()
            .map(c -> new CastView(c.by(), Words.of(c.ballot()), c.at()))
            .toList(),
        motion.since(),
        motion.expires(),
        ended);
  }

  @PostMapping("/api/parliament/motions")
  public MovedView move(@RequestBody MoveBody body, Principal person) {
    var policy = body.policy() == null ? backend.policy().hash() : Inputs.hash(body.policy());
    var command = new Command.Move(policy, person.getName(), Inputs.reason(body.reason()));
    Event event = commander.perform(command).orElseThrow();
    return new MovedView(((MotionMade) event).motion().value());
  }

  @PostMapping("/api/parliament/motions/{id}/votes")
  public VotedView vote(@PathVariable String id, @RequestBody VoteBody body, Principal person) {
    MotionId motion = Inputs.motion(id);
    if (body.vote() == null) {
      throw Refusal.invalid("vote is missing: for or against");
    }
    Ballot ballot =
        Inputs.word("vote", body.vote(), "for", "against").equals("for")
            ? Ballot.FOR
            : Ballot.AGAINST;
    commander.perform(
        new Command.Vote(motion, ballot, person.getName(), Inputs.reason(body.reason())));
    return new VotedView(id, state(motion));
  }

  @PostMapping("/api/parliament/motions/{id}/withdraw")
  public VotedView withdraw(
      @PathVariable String id, @RequestBody WithdrawBody body, Principal person) {
    MotionId motion = Inputs.motion(id);
    commander.perform(new Command.Withdraw(motion, person.getName(), Inputs.reason(body.reason())));
    return new VotedView(id, state(motion));
  }

  /// As of now; what follows from a vote is decided in the same cycle or the next.
  private String state(MotionId id) {
    return backend.snapshot().motions().ended().stream()
        .filter(e -> e.motion().id().equals(id))
        .findFirst()
        .map(e -> e.decision().map(Words::of).orElse("withdrawn"))
        .orElse("open");
  }
}

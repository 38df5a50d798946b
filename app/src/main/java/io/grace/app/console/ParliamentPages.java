package io.grace.app.console;

import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.Backend.StoredEntry;
import io.grace.app.web.Inputs;
import io.grace.app.web.ParliamentApi;
import io.grace.app.web.ParliamentApi.MotionView;
import io.grace.app.web.ParliamentApi.MoveBody;
import io.grace.app.web.ParliamentApi.VoteBody;
import io.grace.app.web.ParliamentApi.WithdrawBody;
import io.grace.core.model.Person;
import io.grace.runtime.journal.projection.Archive.EntrySearch;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Who votes on the policy, what is moved, and who voted what and why.
@Controller
public final class ParliamentPages {
  /// Motions that ended; the journal has all.
  private static final int MOST_ENDED = 20;

  /// Votes whose reasons are looked up; the journal has those of older ones.
  private static final int MOST_REASONS = 500;

  private final Pages pages;
  private final ParliamentApi parliament;
  private final Stories stories;

  ParliamentPages(Pages pages, ParliamentApi parliament, Stories stories) {
    this.pages = pages;
    this.parliament = parliament;
    this.stories = stories;
  }

  /// A vote, told.
  ///
  /// @param why empty if it is too long ago to be looked up
  /// @param counts whether whoever voted is a member now
  public record Told(ParliamentApi.CastView cast, Optional<String> why, boolean counts) {}

  /// @param mayVote whether the reader is a member who has not voted on it
  /// @param mayWithdraw whether the reader made it
  public record Shown(MotionView motion, List<Told> votes, boolean mayVote, boolean mayWithdraw) {
    public boolean isOpen() {
      return motion.state().equals("open");
    }
  }

  @GetMapping("/parliament")
  public ResponseEntity<String> parliament(HttpServletRequest request, Principal person)
      throws StoreUnavailable {
    var is = parliament.motions();
    Map<String, String> reasons = reasons();
    boolean isMember = is.members().contains(person.getName());
    List<Shown> motions =
        is.motions().stream()
            .map(m -> shown(m, is.members(), reasons, isMember ? person.getName() : ""))
            .toList();
    return pages.page(
        request,
        "parliament",
        "Parliament",
        "parliament",
        Map.of(
            "is",
            is,
            "open",
            motions.stream().filter(Shown::isOpen).toList(),
            "ended",
            motions.stream().filter(m -> !m.isOpen()).limit(MOST_ENDED).toList(),
            "isMember",
            isMember));
  }

  /// @param reader empty if the reader is no member
  private static Shown shown(
      MotionView motion, List<String> members, Map<String, String> reasons, String reader) {
    List<Told> votes =
        motion.cast().stream()
            .map(c ->
                new Told(
                    c,
                    Optional.ofNullable(reasons.get(key(motion.id(), c.by()))),
                    members.contains(c.by())))
            .toList();
    boolean isOpen = motion.state().equals("open");
    return new Shown(
        motion,
        votes,
        isOpen
            && !reader.isEmpty()
            && motion.cast().stream().noneMatch(c -> Person.isSame(c.by(), reader)),
        isOpen && motion.by().equals(reader));
  }

  private Map<String, String> reasons() throws StoreUnavailable {
    var search =
        new EntrySearch(
            Long.MAX_VALUE,
            MOST_REASONS,
            Optional.of("motion.voted"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var reasons = new HashMap<String, String>();
    for (Sentences.Line line : stories.search(search)) {
      StoredEntry entry = line.entry();
      reasons.put(
          key(entry.subject(), entry.actor()),
          stories.sentences().payload(entry).path("reason").asString(""));
    }
    return reasons;
  }

  private static String key(String motion, String by) {
    return motion + " " + by;
  }

  @PostMapping("/parliament/move")
  public ResponseEntity<String> move(
      @RequestParam(defaultValue = "") String policy,
      @RequestParam String reason,
      Principal person) {
    String wanted = policy.strip();
    parliament.move(new MoveBody(wanted.isEmpty() ? null : wanted, reason), person);
    return SignIn.see("/parliament");
  }

  @PostMapping("/parliament/{id}/vote")
  public ResponseEntity<String> vote(
      @PathVariable String id,
      @RequestParam String vote,
      @RequestParam String reason,
      Principal person) {
    parliament.vote(id, new VoteBody(vote, reason), person);
    return SignIn.see("/parliament#" + Inputs.motion(id));
  }

  @PostMapping("/parliament/{id}/withdraw")
  public ResponseEntity<String> withdraw(
      @PathVariable String id, @RequestParam String reason, Principal person) {
    parliament.withdraw(id, new WithdrawBody(reason), person);
    return SignIn.see("/parliament#" + Inputs.motion(id));
  }
}

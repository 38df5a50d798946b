package io.grace.core.state;

import io.grace.core.event.PolicyMotion.Ballot;
import io.grace.core.model.Hash;
import io.grace.core.model.MotionId;
import io.grace.core.model.Person;
import io.grace.core.policy.Parliament;
import io.grace.core.policy.Parliament.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// That a policy is wanted, and who voted how on it. *Immutable.*
///
/// @param policy the one that is wanted
/// @param cast in the order of voting, one for each person
public record Motion(
    MotionId id,
    Hash policy,
    String by,
    String reason,
    Instant since,
    Instant expires,
    List<Cast> cast) {
  /// A vote. Its reason is in the journal.
  public record Cast(String by, Ballot ballot, Instant at) {}

  public Motion {
    cast = List.copyOf(cast);
  }

  Motion with(Cast more) {
    var all = new ArrayList<>(cast);
    all.add(more);
    return new Motion(id, policy, by, reason, since, expires, all);
  }

  /// Whether somebody voted who may be this person.
  public boolean hasVoted(String person) {
    return cast.stream().anyMatch(c -> Person.isSame(c.by(), person));
  }

  /// Votes of people who are members no more do not count.
  public Count count(Parliament rules) {
    return new Count(count(rules, Ballot.FOR), count(rules, Ballot.AGAINST));
  }

  private int count(Parliament rules, Ballot ballot) {
    return (int)
        cast.stream().filter(c -> c.ballot() == ballot && rules.members().contains(c.by())).count();
  }

  /// When somebody last did something about it.
  public Instant moved() {
    return cast.isEmpty() ? since : cast.getLast().at();
  }
}

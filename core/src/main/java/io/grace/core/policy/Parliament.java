package io.grace.core.policy;

import io.grace.core.model.Person;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Who votes on policies, and when a vote counts. It is journaled when it takes its seat, so its
/// parts keep their names. *Immutable.*
///
/// @param members names of people as the journal has them, at most [#MOST_MEMBERS]; empty if there
///   is no parliament
/// @param quorum how many members must have voted, 1 to all of them
/// @param majority more than this share of the votes cast must be in favour, in [0.5, 1)
/// @param motionLimit when a motion that is not settled is closed
/// @param binds whether effects are allowed only under a policy that was carried
public record Parliament(
    List<String> members, int quorum, double majority, Duration motionLimit, boolean binds) {
  /// A ballot of each is kept with each motion that is remembered.
  public static final int MOST_MEMBERS = 50;

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  public static final Parliament OFF = new Parliament(List.of(), 0, 0.5, Duration.ofDays(7), false);

  public Parliament {
    members = List.copyOf(members);
    require(members.size() <= MOST_MEMBERS, "members must be at most 50: " + members.size());
    for (int i = 0; i < members.size(); i++) {
      String member = members.get(i);
      require(!member.isBlank(), "members must have names");
      for (String other : members.subList(0, i)) {
        require(
            !Person.isSame(member, other), "members may be one person: " + other + ", " + member);
      }
    }
    require(!binds || !members.isEmpty(), "required needs members");
    require(!members.isEmpty() || quorum == 0, "quorum needs members");
    require(
        members.isEmpty() || (quorum >= 1 && quorum <= members.size()),
        "quorum must be 1–" + members.size() + ", one for each member at most: " + quorum);
    require(majority >= 0.5 && majority < 1, "majority must be in [0.5, 1): " + majority);
    require(
        motionLimit.compareTo(SHORTEST) >= 0 && motionLimit.compareTo(LONGEST) <= 0,
        "motion_limit must be 1m–90d: " + motionLimit);
  }

  /// How a motion ends that is not withdrawn.
  public enum Decision {
    CARRIED,
    LOST,
    /// Too few voted.
    LAPSED
  }

  /// The votes of members.
  public record Count(int inFavour, int against) {
    public int cast() {
      return inFavour + against;
    }
  }

  /// What is still missing. Votes against bring a quorum nearer too.
  ///
  /// @param votes to a quorum
  /// @param inFavour until no vote that is out could keep it from being carried
  public record Missing(int votes, int inFavour) {}

  public boolean isOn() {
    return !members.isEmpty();
  }

  public boolean hasQuorum(Count count) {
    return isOn() && count.cast() >= quorum;
  }

  /// What is decided already, since no vote that is still out could change it. So it does not
  /// matter who votes first.
  public Optional<Decision> settled(Count count) {
    if (!hasQuorum(count)) {
      return Optional.empty();
    }
    double needed = majority * members.size();
    int out = members.size() - count.cast();
    return count.inFavour() > needed
        ? Optional.of(Decision.CARRIED)
        : count.inFavour() + out <= needed ? Optional.of(Decision.LOST) : Optional.empty();
  }

  public Missing missing(Count count) {
    int needed = (int) Math.floor(majority * members.size()) + 1;
    return new Missing(Math.max(0, quorum - count.cast()), Math.max(0, needed - count.inFavour()));
  }

  /// What is decided when the time is over: by the votes cast.
  public Decision closed(Count count) {
    return !hasQuorum(count)
        ? Decision.LAPSED
        : count.inFavour() > majority * count.cast() ? Decision.CARRIED : Decision.LOST;
  }

  /// `2 for, 1 against; a quorum is 3 of 5`
  public String said(Count count) {
    return count.inFavour()
        + " for, "
        + count.against()
        + " against; a quorum is "
        + quorum
        + " of "
        + members.size();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}

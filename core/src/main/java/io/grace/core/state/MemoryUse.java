package io.grace.core.state;

import io.grace.core.memory.MemoryPolicy;
import io.grace.core.memory.Purpose;
import io.grace.core.memory.Standing;
import io.grace.core.model.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How one domain uses memories. *Immutable.*
///
/// @param trust in [0, 1]
/// @param asked when it asked lately, the newest last, at most [#MOST_ASKED]
/// @param throttled beyond its quota
/// @param overreached asked for what is not its own; part of the denied
/// @param habits what it asks for again and again, at most [#MOST_HABITS], the oldest first
/// @param last the shape of its newest request
public record MemoryUse(
    double trust,
    List<Instant> asked,
    long granted,
    long denied,
    long throttled,
    long overreached,
    List<Habit> habits,
    Optional<Hash> last) {
  public static final MemoryUse NONE =
      new MemoryUse(
          MemoryPolicy.TRUST_AT_FIRST, List.of(), 0, 0, 0, 0, List.of(), Optional.empty());

  /// Above any quota; what is older than a minute is dropped first.
  static final int MOST_ASKED = 10_000;

  /// More kinds of requests than that are no habits.
  static final int MOST_HABITS = 32;

  private static final int MOST_FOLLOWERS = 4;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  public MemoryUse {
    asked = List.copyOf(asked);
    habits = List.copyOf(habits);
  }

  /// A kind of request.
  ///
  /// @param shape see [io.grace.core.memory.Recall#shape]
  /// @param count how often it came
  /// @param followers what came next, the most frequent first
  public record Habit(
      Hash shape, Purpose purpose, int count, Instant last, List<Follower> followers) {
    public Habit {
      followers = List.copyOf(followers);
    }

    Habit again(Purpose now, Instant at) {
      return new Habit(shape, now, count + 1, at, followers);
    }

    /// The rarest gives way, so that chance does not fill the list for good.
    Habit followedBy(Hash next) {
      var all = new ArrayList<>(followers);
      int known = -1;
      for (int i = 0; i < all.size(); i++) {
        known = all.get(i).shape().equals(next) ? i : known;
      }
      if (known >= 0) {
        all.set(known, new Follower(next, all.get(known).count() + 1));
      } else {
        if (all.size() == MOST_FOLLOWERS) {
          all.removeLast();
        }
        all.add(new Follower(next, 1));
      }
      all.sort(Comparator.comparing(Follower::count).reversed());
      return new Habit(shape, purpose, count, last, all);
    }
  }

  public record Follower(Hash shape, int count) {}

  /// How it stands at a moment.
  public Standing standing(Instant now) {
    Instant since = now.minus(WINDOW);
    int used = 0;
    for (int i = asked.size() - 1; i >= 0 && asked.get(i).isAfter(since); i--) {
      used++;
    }
    return new Standing(trust, used);
  }

  public Optional<Habit> habit(Hash shape) {
    return habits.stream().filter(h -> h.shape().equals(shape)).findFirst();
  }

  /// What it is likely to ask for after this; empty unless that happened twice at least.
  public Optional<Hash> next(Hash shape) {
    return habit(shape)
        .flatMap(h -> h.followers().stream().findFirst())
        .filter(f -> f.count() >= 2)
        .map(Follower::shape);
  }

  MemoryUse withAsked(Instant at) {
    Instant since = at.minus(WINDOW);
    var recent = new ArrayList<Instant>(asked.size() + 1);
    asked.stream().filter(a -> a.isAfter(since)).forEach(recent::add);
    recent.add(at);
    return new MemoryUse(
        trust,
        recent.subList(Math.max(0, recent.size() - MOST_ASKED), recent.size()),
        granted,
        denied,
        throttled,
        overreached,
        habits,
        last);
  }

  MemoryUse withGranted(Hash shape, Purpose purpose, Instant at) {
    var all = new ArrayList<>(habits);
    last.ifPresent(before -> {
      int i = indexOf(all, before);
      if (i >= 0) {
        all.set(i, all.get(i).followedBy(shape));
      }
    });
    int i = indexOf(all, shape);
    if (i >= 0) {
      all.add(all.remove(i).again(purpose, at));
    } else {
      if (all.size() == MOST_HABITS) {
        all.removeFirst();
      }
      all.add(new Habit(shape, purpose, 1, at, List.of()));
    }
    return new MemoryUse(
        trust, asked, granted + 1, denied, throttled, overreached, all, Optional.of(shape));
  }

  private static int indexOf(List<Habit> habits, Hash shape) {
    for (int i = 0; i < habits.size(); i++) {
      if (habits.get(i).shape().equals(shape)) {
        return i;
      }
    }
    return -1;
  }

  /// Trust is lost at once and given back by people only.
  MemoryUse withDenied(boolean isOverreach) {
    return new MemoryUse(
        isOverreach ? Math.max(0, trust - MemoryPolicy.OVERREACH) : trust,
        asked,
        granted,
        denied + 1,
        throttled,
        overreached + (isOverreach ? 1 : 0),
        habits,
        last);
  }

  MemoryUse withThrottled() {
    return new MemoryUse(trust, asked, granted, denied, throttled + 1, overreached, habits, last);
  }

  MemoryUse withTrust(double other) {
    return new MemoryUse(other, asked, granted, denied, throttled, overreached, habits, last);
  }
}

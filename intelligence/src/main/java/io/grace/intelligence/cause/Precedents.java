package io.grace.intelligence.cause;

import java.util.List;
import java.util.Set;

/// What earlier incidents showed, and who suffers now. *Immutable.*
///
/// @param cases oldest first: they are learned one by one, and what was learned bears a little on
///   how the next is understood
/// @param now who suffers now, as indices into the services of the scene
public record Precedents(List<Case> cases, Set<Integer> now) {
  public static final int MAX_CASES = 500;

  public static final Precedents NONE = new Precedents(List.of(), Set.of());

  /// From here on a case looked like this.
  private static final double ALIKE = 0.5;

  public Precedents {
    cases = List.copyOf(cases);
    now = Set.copyOf(now);
    if (cases.size() > MAX_CASES) {
      throw new IllegalArgumentException("at most " + MAX_CASES + " cases: " + cases.size());
    }
  }

  /// @throws IllegalArgumentException if they speak of services that the scene does not have
  void check(int services) {
    for (Case known : cases) {
      known.causes().forEach(s -> check(s, services));
      known.suffering().forEach(s -> check(s, services));
    }
    now.forEach(s -> check(s, services));
  }

  private static void check(int service, int services) {
    if (service < 0 || service >= services) {
      throw new IllegalArgumentException(
          "service of a precedent must be in [0, " + services + "): " + service);
    }
  }

  /// How many cases there are that are like this, a case that is half like it counting half.
  double alike() {
    return cases.stream().mapToDouble(c -> c.weight() * c.likeness(now)).sum();
  }

  /// The cases that looked like this.
  List<Case> lookedLikeThis() {
    return cases.stream().filter(c -> c.likeness(now) >= ALIKE).toList();
  }

  /// What cases say of a service in one sentence; empty if it caused none of them.
  static String sentence(List<Case> alike, int service, String name) {
    long from = alike.stream().filter(c -> c.causes().contains(service)).count();
    return from == 0
        ? ""
        : " %d of %d earlier incidents that looked like this came from %s."
            .formatted(from, alike.size(), name);
  }
}

package io.grace.intelligence.cause;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// How a service stands to one that causes trouble, the closest first.
enum Relation {
  /// It is the cause.
  ITSELF(0.7),
  /// It calls the cause.
  CALLER(0.4),
  /// It calls the cause over others.
  FAR(0.25),
  /// The cause calls it.
  CALLEE(0.05),
  NONE(0.05);

  /// How many cases of each relation the first guess is worth.
  private static final double GUESSED = 20;

  private static final double LEAST = 0.002;
  private static final double MOST = 0.98;

  /// How often such a service suffers, before any case was seen.
  private final double guess;

  Relation(double guess) {
    this.guess = guess;
  }

  /// Whether trouble goes that way by itself.
  boolean isReached() {
    return this == ITSELF || this == CALLER || this == FAR;
  }

  /// @param above the cause and whoever calls it, directly or not
  static Relation of(int service, int cause, Topology topology, BitSet above) {
    if (service == cause) {
      return ITSELF;
    }
    if (has(topology.callers(cause), service)) {
      return CALLER;
    }
    if (above.get(service)) {
      return FAR;
    }
    return has(topology.callees(cause), service) ? CALLEE : NONE;
  }

  private static boolean has(int[] services, int service) {
    for (int other : services) {
      if (other == service) {
        return true;
      }
    }
    return false;
  }

  /// How likely a service of each relation suffers, from the cases of all causes together: what is
  /// believed of a pair of which there is no case yet.
  ///
  /// @param services how many are watched
  /// @return one probability a relation, by its place
  static double[] pooled(List<Case> cases, Topology topology, int services) {
    double[] hits = new double[values().length];
    double[] tries = new double[values().length];
    for (Relation relation : values()) {
      hits[relation.ordinal()] = GUESSED * relation.guess;
      tries[relation.ordinal()] = GUESSED;
    }
    for (Case known : cases) {
      BitSet[] groups = groups(known, topology);
      int others = services;
      for (int r = 0; r < groups.length; r++) {
        tries[r] += known.weight() * groups[r].cardinality();
        others -= groups[r].cardinality();
      }
      tries[NONE.ordinal()] += known.weight() * Math.max(0, others);
      for (int service : known.suffering()) {
        int r = 0;
        while (r < groups.length && !groups[r].get(service)) {
          r++;
        }
        hits[r] += known.weight();
      }
    }
    double[] shares = new double[hits.length];
    for (int r = 0; r < shares.length; r++) {
      shares[r] = Math.clamp(hits[r] / tries[r], LEAST, MOST);
    }
    return shares;
  }

  /// Who stands in each relation but [#NONE] to the causes of a case, in the closest only.
  private static BitSet[] groups(Case known, Topology topology) {
    BitSet[] groups = new BitSet[NONE.ordinal()];
    Arrays.setAll(groups, r -> new BitSet());
    for (int cause : known.causes()) {
      groups[ITSELF.ordinal()].set(cause);
      Arrays.stream(topology.callers(cause)).forEach(groups[CALLER.ordinal()]::set);
      Arrays.stream(topology.callees(cause)).forEach(groups[CALLEE.ordinal()]::set);
    }
    groups[FAR.ordinal()].or(topology.above(known.causes()));
    BitSet closer = new BitSet();
    for (BitSet group : groups) {
      group.andNot(closer);
      closer.or(group);
    }
    return groups;
  }
}

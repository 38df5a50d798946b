package io.grace.intelligence.pattern;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.Arrays;
import java.util.TreeMap;

/// What a [RuleMiner] keeps beside its counts, as bytes. *Immutable.*
record MinerState(
    Slots<String> kinds,
    Slots<Integer> places,
    double[][] last,
    double[] since,
    TreeMap<Integer, Rule> rules) {
  private static final int RULE_NUMBERS = 10;

  static void write(
      Packing to,
      Slots<String> kinds,
      Slots<Integer> places,
      double[][] last,
      double[] since,
      TreeMap<Integer, Rule> rules) {
    to.integer(kinds.size());
    kinds.names().forEach(to::text);
    to.integer(places.size());
    places.names().forEach(to::integer);
    for (int p = 0; p < places.size(); p++) {
      to.doubles(Arrays.copyOf(last[p], kinds.size()));
    }
    to.doubles(since);
    to.integer(rules.size());
    rules.forEach((pair, r) -> {
      to.integer(pair);
      to.doubles(
          new double[] {
            r.cases(),
            r.followed(),
            r.byChance(),
            r.withinSeconds(),
            r.medianSeconds(),
            r.mostSeconds(),
            r.p(),
            r.q(),
            r.foretold(),
            r.cameTrue()
          });
    });
  }

  static MinerState read(Unpacking from, MinerSettings settings) {
    var kinds = new Slots<String>(settings.mostKinds());
    int kindCount = within(from.integer(), settings.mostKinds(), "kinds");
    for (int k = 0; k < kindCount; k++) {
      kinds.add(from.text());
    }
    var places = new Slots<Integer>(settings.mostPlaces());
    int placeCount = within(from.integer(), settings.mostPlaces(), "places");
    for (int p = 0; p < placeCount; p++) {
      places.add(from.integer());
    }
    var last = new double[placeCount][];
    for (int p = 0; p < placeCount; p++) {
      last[p] = past(from, kindCount);
    }
    int n = settings.mostKinds();
    double[] since = past(from, n * n);
    var rules = new TreeMap<Integer, Rule>();
    int ruleCount = within(from.integer(), n * n, "rules");
    for (int i = 0; i < ruleCount; i++) {
      int pair = within(from.integer(), n * n - 1, "pair");
      double[] r = from.doubles();
      boolean isSound =
          r.length == RULE_NUMBERS && Arrays.stream(r).allMatch(v -> Double.isFinite(v) && v >= 0);
      if (!isSound || pair / n >= kindCount || pair % n >= kindCount) {
        throw new IllegalArgumentException("rule %d is damaged: pair %d".formatted(i, pair));
      }
      rules.put(
          pair,
          new Rule(
              kinds.name(pair / n),
              kinds.name(pair % n),
              r[0],
              r[1],
              r[2],
              r[3],
              r[4],
              r[5],
              r[6],
              r[7],
              r[8],
              r[9]));
    }
    return new MinerState(kinds, places, last, since, rules);
  }

  private static int within(int value, int most, String what) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException("%s must be in [0, %d]: %d".formatted(what, most, value));
    }
    return value;
  }

  /// Seconds, of which −∞ is never.
  private static double[] past(Unpacking from, int length) {
    double[] seconds = from.doubles();
    boolean isSound =
        Arrays.stream(seconds).noneMatch(s -> Double.isNaN(s) || s == Double.POSITIVE_INFINITY);
    if (seconds.length != length || !isSound) {
      throw new IllegalArgumentException("wanted %d seconds: %d".formatted(length, seconds.length));
    }
    return seconds;
  }

  void copyTo(
      Slots<String> kindsTo,
      Slots<Integer> placesTo,
      double[][] lastTo,
      double[] sinceTo,
      TreeMap<Integer, Rule> rulesTo) {
    kinds.names().forEach(kindsTo::add);
    places.names().forEach(placesTo::add);
    for (int p = 0; p < last.length; p++) {
      System.arraycopy(last[p], 0, lastTo[p], 0, last[p].length);
    }
    System.arraycopy(since, 0, sinceTo, 0, since.length);
    rulesTo.putAll(rules);
  }
}

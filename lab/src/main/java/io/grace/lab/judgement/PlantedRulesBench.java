package io.grace.lab.judgement;

import io.grace.intelligence.pattern.MinerSettings;
import io.grace.intelligence.pattern.Rule;
import io.grace.intelligence.pattern.RuleMiner;
import io.grace.lab.bench.Report;
import io.grace.lab.judgement.PlantedStream.Happening;
import io.grace.lab.judgement.PlantedStream.Planted;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// How many planted rules are found in simulated streams, and how many that were not planted.
///
/// The miner sees events one by one and is reviewed every four hours. It is judged twice: just
/// before some rules expire, and at the end, when those that expired count as wrong. A → C by way
/// of B, and A → B where C causes both, were not planted and count as wrong.
public final class PlantedRulesBench {
  private static final double DAYS = 28;
  private static final int SEEDS = 24;
  private static final int SEEDS_IN_A_HURRY = 6;
  private static final double REVIEW_EVERY = 4 * 3_600;
  private static final double RECALL = 0.9;
  private static final double WRONG = 0.05;

  private PlantedRulesBench() {}

  /// What was found of what was planted.
  private static final class Tally {
    private int planted;
    private int found;
    private int wrong;
    private double recalls;
    private double wrongShares;
    private int streams;
    private final Map<String, int[]> byCase = new TreeMap<>();
    private final Map<String, Integer> wrongBy = new TreeMap<>();

    void add(PlantedStream stream, List<Rule> rules, double second) {
      Set<String> holding = stream.holding(second);
      Set<String> told = new HashSet<>();
      int wrongHere = 0;
      for (Rule rule : rules) {
        String pair = rule.cause() + " " + rule.effect();
        told.add(pair);
        if (!holding.contains(pair)) {
          wrongHere++;
          wrongBy.merge(why(stream, pair), 1, Integer::sum);
        }
      }
      int foundHere = 0;
      for (Planted rule : stream.rules()) {
        String pair = pair(rule.cause(), rule.effect());
        if (holding.contains(pair)) {
          boolean isFound = told.contains(pair);
          foundHere += isFound ? 1 : 0;
          count(rule.shape() + (rule.expires() ? ", expires" : ""), isFound);
          count(String.format(Locale.ROOT, "strength %.1f", rule.strength()), isFound);
          count("lag " + rule.kernel(), isFound);
        }
      }
      planted += holding.size();
      found += foundHere;
      wrong += wrongHere;
      recalls += foundHere / (double) holding.size();
      wrongShares += wrongHere / (double) Math.max(1, rules.size());
      streams++;
    }

    private void count(String name, boolean isFound) {
      int[] of = byCase.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new int[2]);
      of[0] += isFound ? 1 : 0;
      of[1]++;
    }

    double recall() {
      return recalls / streams;
    }

    double wrongShare() {
      return wrongShares / streams;
    }
  }

  public static void measure(Report report, boolean quick) throws Exception {
    var early = new Tally();
    var end = new Tally();
    long events = 0;
    double seconds = 0;
    double promised = 0;
    double cameTrue = 0;
    double foretold = 0;
    int seeds = quick ? SEEDS_IN_A_HURRY : SEEDS;
    for (long seed = 1; seed <= seeds; seed++) {
      PlantedStream stream = PlantedStream.of(seed, DAYS);
      var miner = new RuleMiner(MinerSettings.DEFAULT);
      double before = PlantedStream.EXPIRY * stream.seconds() - 1;
      long began = System.nanoTime();
      double review = REVIEW_EVERY;
      boolean isJudged = false;
      for (Happening event : stream.events()) {
        while (event.second() > review) {
          miner.review(review);
          review += REVIEW_EVERY;
        }
        if (!isJudged && event.second() > before) {
          miner.review(before);
          early.add(stream, miner.rules(), before);
          isJudged = true;
        }
        miner.offer(event.second(), PlantedStream.name(event.kind()), 0);
      }
      miner.review(stream.seconds());
      seconds += (System.nanoTime() - began) / 1e9;
      events += stream.events().size();
      end.add(stream, miner.rules(), stream.seconds());
      for (Rule rule : miner.rules()) {
        foretold += rule.foretold();
        cameTrue += rule.cameTrue();
        promised += rule.foretold() * rule.confidence();
      }
    }
    report.note(
        "%d streams of %.0f days, %,d events; reviewed every four hours", seeds, DAYS, events);
    tell(report, "before some rules expire", early);
    tell(report, "at the end, when they have expired", end);
    report.note(
        "of %.0f cases foretold %.1f %% came true; their rules said %.1f %%",
        foretold, 100 * cameTrue / foretold, 100 * promised / foretold);
    report.note("%,.0f events a second with the reviews in them", events / seconds);
    report.note("%,.0f events a second without", offersASecond());
    judge(report, "before expiry", early);
    judge(report, "at the end", end);
  }

  private static double offersASecond() {
    PlantedStream stream = PlantedStream.of(1, DAYS);
    String[] names = new String[stream.kinds()];
    for (int k = 0; k < names.length; k++) {
      names[k] = PlantedStream.name(k);
    }
    double best = 0;
    for (int round = 0; round < 3; round++) {
      var miner = new RuleMiner(MinerSettings.DEFAULT);
      long began = System.nanoTime();
      for (int n = 0; n < 10; n++) {
        for (Happening event : stream.events()) {
          miner.offer(n * stream.seconds() + event.second(), names[event.kind()], 0);
        }
      }
      best = Math.max(best, 10e9 * stream.events().size() / (System.nanoTime() - began));
    }
    return best;
  }

  private static void tell(Report report, String when, Tally tally) {
    report.note(
        "%s: %d of %d found, %d wrong %s",
        when, tally.found, tally.planted, tally.wrong, tally.wrongBy);
    tally.byCase.forEach((name, of) ->
        report.note("  %-28s %4d of %4d  %.2f", name, of[0], of[1], of[0] / (double) of[1]));
  }

  private static void judge(Report report, String when, Tally tally) {
    report.promise(
        tally.recall() >= RECALL && tally.wrongShare() <= WRONG,
        "%s: recall %.3f (at least %.2f), false discoveries %.3f (at most %.2f)",
        when,
        tally.recall(),
        RECALL,
        tally.wrongShare(),
        WRONG);
  }

  private static String pair(int cause, int effect) {
    return PlantedStream.name(cause) + " " + PlantedStream.name(effect);
  }

  private static String why(PlantedStream stream, String pair) {
    for (Planted one : stream.rules()) {
      if (pair.equals(pair(one.effect(), one.cause()))) {
        return "backwards";
      }
      if (pair.equals(pair(one.cause(), one.effect()))) {
        return "expired";
      }
      for (Planted two : stream.rules()) {
        if (one.effect() == two.cause() && pair.equals(pair(one.cause(), two.effect()))) {
          return "indirect";
        }
        if (one.cause() == two.cause() && pair.equals(pair(one.effect(), two.effect()))) {
          return "common cause";
        }
      }
    }
    return "chance";
  }
}

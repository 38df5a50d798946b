package io.grace.intelligence.ranking;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Ranks the playbooks that the gate allows by what is believed of them in a situation, chooses one
/// with known propensities and learns from outcomes, whenever they come. *Owned by one thread.*
/// Deterministic by its seed: same calls, same bytes.
///
/// - Belief: [Effects], which starts from the priors of the playbooks, the static ranking.
/// - Choice: [Exploring]. A decision costs O(candidates²) and no more for more services.
/// - Credit: chance of success less that of recovering alone, learnt per diagnosis from incidents
///   that were left alone.
public final class Ranker {
  private static final int KIND = 0x4752_524b;
  private static final int VERSION = 1;
  private static final double DAY = 86_400;

  /// What recovers alone changes slowly with the system; harm must be remembered longer.
  private static final double RECOVERY_HALF_LIFE = 60 * DAY;

  private static final double HARM_HALF_LIFE = 180 * DAY;

  /// Expected before anything was seen, worth so many outcomes: incidents rarely go by themselves,
  /// and harm grows with impact.
  private static final double RECOVERY = 0.15;

  private static final double RECOVERY_STRENGTH = 5;
  private static final Belief UNKNOWN =
      new Rates(RECOVERY_HALF_LIFE, RECOVERY_STRENGTH, 1).belief("", RECOVERY, 0);

  private static final double LEAST_CURIOSITY = 0.25;
  private static final double HARM = 0.01;
  private static final double HARM_BY_IMPACT = 0.04;
  private static final double HARM_STRENGTH = 25;

  /// 20 floors of 0.05 would leave nothing to choose.
  static final int MOST_CANDIDATES = 20;

  private static final Comparator<Candidate> STATIC =
      Comparator.comparingDouble((Candidate c) -> -c.prior()).thenComparing(Candidate::playbook);

  private final RankerSettings settings;
  private final long seed;
  private final Effects effects;
  private final Rates recoveries;
  private final Rates harms;
  private final LinkedHashMap<TrustKey, Evidence> evidence = new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<Long, Booked> pending = new LinkedHashMap<>();

  // Owned by whoever owns this.
  private long decisions;

  /// What may still be risked.
  private double budget;

  /// @param candidate empty if the incident was left alone
  record Booked(Situation situation, Optional<Candidate> candidate) {}

  public Ranker(RankerSettings settings, long seed) {
    this.settings = settings;
    this.seed = seed;
    this.effects = new Effects(settings.mostMembers());
    this.recoveries = new Rates(RECOVERY_HALF_LIFE, RECOVERY_STRENGTH, settings.mostMembers());
    this.harms = new Rates(HARM_HALF_LIFE, HARM_STRENGTH, settings.mostMembers());
  }

  /// Ranks and chooses, and books the decision at once.
  ///
  /// @param candidates what the gate allows, 1 … 20, in any order
  /// @param mayHoldOut whether policy permits to leave this incident alone
  /// @param now seconds; outcomes fade by it
  public Decision decide(
      Situation situation, List<Candidate> candidates, boolean mayHoldOut, double now) {
    double chance = new SplittableRandom(seed + decisions * 0x9E3779B97F4A7C15L).nextDouble();
    Decision decision = weigh(situation, candidates, mayHoldOut, now, chance);
    List<String> names = candidates.stream().map(Candidate::playbook).toList();
    book(situation, candidates, decision.chosen().map(names::indexOf).orElse(-1), now);
    return decision;
  }

  /// What would be decided, without booking it: the same question has the same answer.
  ///
  /// @param chance in [0, 1), what decides between propensities
  public Decision weigh(
      Situation situation,
      List<Candidate> candidates,
      boolean mayHoldOut,
      double now,
      double chance) {
    Rating[] ratings = rate(situation, candidates, now);
    int leader = leader(candidates);
    double[] worth = worth(ratings);
    Exploring.Chosen chosen = explore(ratings, worth, leader);
    double heldOut = mayHoldOut ? settings.holdOut() * curiosity(situation, now) : 0;
    double[] propensities =
        Arrays.stream(chosen.propensities()).map(p -> (1 - heldOut) * p).toArray();
    int drawn = draw(propensities, chance);
    List<Ranked> ranking =
        IntStream.range(0, ratings.length)
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> !chosen.isSafe()[i])
                    .thenComparing(Comparator.comparingDouble((Integer i) -> -worth[i]))
                    .thenComparing(i -> candidates.get(i).playbook()))
            .map(i -> ranked(situation, ratings, i, leader, chosen.isSafe()[i], propensities[i]))
            .toList();
    return new Decision(
        decisions,
        drawn < 0 ? Optional.empty() : Optional.of(candidates.get(drawn).playbook()),
        drawn < 0 ? heldOut : propensities[drawn],
        heldOut,
        ranking);
  }

  /// Books a decision that was made here or elsewhere: its outcome is awaited, and what it may have
  /// risked counts.
  ///
  /// @param candidates those that there were
  /// @param chosen its place among them; -1 if the incident was left alone
  /// @return names it when its outcome comes
  public long book(Situation situation, List<Candidate> candidates, int chosen, double now) {
    if (!candidates.isEmpty()) {
      Rating[] ratings = rate(situation, candidates, now);
      double[] worth = worth(ratings);
      int leader = leader(candidates);
      budget +=
          settings.exploring() * Math.max(0, worth[leader])
              - explore(ratings, worth, leader).risked();
    }
    long id = decisions++;
    pending.put(
        id,
        new Booked(situation, chosen < 0 ? Optional.empty() : Optional.of(candidates.get(chosen))));
    if (pending.size() > settings.mostPending()) {
      learn(pending.firstEntry().getKey(), Outcome.MISSING, now);
    }
    return id;
  }

  private double[] worth(Rating[] ratings) {
    return doubles(ratings, r -> r.success.chance() - settings.harmCost() * r.harm);
  }

  private Exploring.Chosen explore(Rating[] ratings, double[] worth, int leader) {
    return Exploring.choose(
        worth,
        doubles(ratings, r -> r.success.deviation()),
        doubles(ratings, Rating::harm),
        leader,
        decisions < settings.cautious()
            ? expectedHarm(ratings[leader].candidate())
            : settings.mostHarm(),
        budget,
        settings.floor());
  }

  /// Takes the outcome of a decision, late or out of order; of one that is not awaited, nothing.
  ///
  /// @return whether it was awaited
  public boolean learn(long id, Outcome outcome, double now) {
    Booked booked = pending.remove(id);
    if (booked == null) {
      return false;
    }
    Situation s = booked.situation();
    boolean isKnown = outcome != Outcome.MISSING;
    boolean success = outcome == Outcome.SUCCEEDED;
    if (booked.candidate().isEmpty()) {
      if (isKnown) {
        recoveries.add(s.diagnosis(), success, now);
      }
      return true;
    }
    Candidate c = booked.candidate().get();
    evidence.merge(
        new TrustKey(s.service(), s.diagnosis(), c.playbook()),
        Evidence.NONE.with(outcome),
        (old, one) -> old.with(outcome));
    while (evidence.size() > settings.mostMembers()) {
      evidence.remove(evidence.firstEntry().getKey());
    }
    if (isKnown) {
      effects.learn(s, c, success, now);
      harms.add(c.playbook(), outcome == Outcome.HARMED, now);
    }
    return true;
  }

  /// What a (service, diagnosis, playbook) has earned, from the same beliefs by which it is ranked.
  public Trust trust(Situation situation, Candidate candidate, double now) {
    var key = new TrustKey(situation.service(), situation.diagnosis(), candidate.playbook());
    Rating rating = rate(situation, List.of(candidate), now)[0];
    return new Trust(
        rating.success(),
        recovery(situation, now),
        rating.harm(),
        evidence.getOrDefault(key, Evidence.NONE));
  }

  /// What is believed of recovering without help.
  public Belief recovery(Situation situation, double now) {
    return recoveries.belief(situation.diagnosis(), RECOVERY, now);
  }

  /// What share of the hold-out is still needed: what is left of the variance of the prior, and
  /// never nothing, since recovery drifts too.
  private double curiosity(Situation situation, double now) {
    double left = recovery(situation, now).deviation() / UNKNOWN.deviation();
    return Math.clamp(left * left, LEAST_CURIOSITY, 1);
  }

  /// The state, to go on elsewhere under the same settings and seed.
  public byte[] bytes() {
    var to = new Packing(KIND, VERSION);
    to.wide(decisions);
    to.number(budget);
    effects.write(to);
    recoveries.write(to);
    harms.write(to);
    RankerBytes.write(to, evidence, pending);
    return to.sealed();
  }

  /// @throws IllegalArgumentException if the bytes are not what [#bytes] gave, or hold more than
  ///   the settings allow
  public static Ranker of(byte[] bytes, RankerSettings settings, long seed) {
    var from = new Unpacking(bytes, KIND, VERSION);
    var ranker = new Ranker(settings, seed);
    ranker.decisions = from.wide();
    ranker.budget = LinearPosterior.finite(from.number());
    ranker.effects.read(from);
    ranker.recoveries.read(from);
    ranker.harms.read(from);
    RankerBytes.readEvidence(from, ranker.evidence, settings.mostMembers());
    RankerBytes.readPending(from, ranker.pending, settings.mostPending());
    from.end();
    return ranker;
  }

  /// Change points found so far.
  public long changes() {
    return effects.changes();
  }

  /// How many decisions await an outcome.
  public int pending() {
    return pending.size();
  }

  /// The static ranking, for where nothing may be learnt: what the authors claim decides.
  public static List<Ranked> fallback(List<Candidate> candidates) {
    return candidates.stream()
        .sorted(STATIC)
        .map(c -> Reason.claimed(c, candidates.stream().min(STATIC).orElseThrow()))
        .toList();
  }

  record TrustKey(String service, String diagnosis, String playbook) {}

  private record Rating(Candidate candidate, Belief success, double recovery, double harm) {}

  private static double[] doubles(Rating[] ratings, ToDoubleFunction<Rating> part) {
    return Arrays.stream(ratings).mapToDouble(part).toArray();
  }

  private Rating[] rate(Situation situation, List<Candidate> candidates, double now) {
    if (candidates.isEmpty() || candidates.size() > MOST_CANDIDATES) {
      throw new IllegalArgumentException(
          "candidates must be 1 … " + MOST_CANDIDATES + ": " + candidates.size());
    }
    if (candidates.stream().map(Candidate::playbook).distinct().count() < candidates.size()) {
      throw new IllegalArgumentException("each candidate must be another playbook");
    }
    double recovery = recovery(situation, now).chance();
    var ratings = new ArrayList<Rating>();
    for (Candidate c : candidates) {
      double harm = expectedHarm(c);
      ratings.add(
          new Rating(
              c,
              effects.belief(situation, c, now),
              recovery,
              harms.belief(c.playbook(), harm, now).chance()));
    }
    return ratings.toArray(Rating[]::new);
  }

  /// Before anything was seen of it. Having tried the leader makes what was not tried no worse.
  private static double expectedHarm(Candidate candidate) {
    return HARM + HARM_BY_IMPACT * candidate.impact();
  }

  /// The first of the static ranking.
  private static int leader(List<Candidate> candidates) {
    return candidates.indexOf(candidates.stream().min(STATIC).orElseThrow());
  }

  /// @return the place of the drawn one, or −1 for none
  private static int draw(double[] propensities, double chance) {
    double left = chance;
    for (int i = 0; i < propensities.length; i++) {
      left -= propensities[i];
      if (left < 0) {
        return i;
      }
    }
    return -1;
  }

  private Ranked ranked(
      Situation s, Rating[] ratings, int at, int leader, boolean isSafe, double propensity) {
    Rating r = ratings[at];
    Evidence seen =
        evidence.getOrDefault(
            new TrustKey(s.service(), s.diagnosis(), r.candidate().playbook()), Evidence.NONE);
    double credit = r.success().chance() - r.recovery();
    String chosen =
        isSafe
            ? Reason.chosen(propensity)
            : Reason.tooHarmful(ratings[leader].candidate(), ratings[leader].harm());
    return new Ranked(
        r.candidate().playbook(),
        r.success(),
        credit,
        r.harm(),
        propensity,
        Reason.of(r.candidate(), r.success(), credit, r.harm(), seen) + chosen);
  }
}

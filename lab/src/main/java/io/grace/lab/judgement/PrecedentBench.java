package io.grace.lab.judgement;

import io.grace.intelligence.cause.Case;
import io.grace.intelligence.cause.Cause;
import io.grace.intelligence.cause.CauseRanker;
import io.grace.intelligence.cause.Precedents;
import io.grace.intelligence.cause.Ranking;
import io.grace.intelligence.cause.Scene;
import io.grace.intelligence.cause.Weights;
import io.grace.lab.bench.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// Root cause in simulated fleets that have a past: the episodes of [FaultEpisodesBench], and other
/// ones under seeds that nothing was chosen on, each with earlier incidents of the same fleet under
/// seeds of their own, which are never asked about.
///
/// Where and what fails is drawn anew each time, so that the past tells who suffers from whom, and
/// not who fails often. The cause of an earlier incident is the true one, as a verified run shows
/// it; in a second table, one in five names a service that only suffered.
public final class PrecedentBench {
  private static final double TOP_1 = 0.90;
  private static final double TOP_3 = 0.98;
  private static final double MOST_MS = 100;

  private static final long FIRST_SEED = 1;
  private static final long FIRST_FRESH_SEED = 900_000;

  /// Beyond every other seed.
  private static final long FIRST_PAST_SEED = 10_000_000_000L;

  private static final int MOST_PAST = 40;

  private static final int WRONG = 5;

  private PrecedentBench() {}

  /// One fleet in trouble.
  ///
  /// @param past earlier incidents of it
  private record Trial(FleetEpisode told, FleetEpisode unknown, List<Case> past) {
    Trial with(List<Case> other) {
      return new Trial(told, unknown, other);
    }
  }

  /// @param surprise mean of −ln of what the true causes were given
  private record Result(int asked, int first, int three, double surprise) {
    double top1() {
      return (double) first / asked;
    }

    double top3() {
      return (double) three / asked;
    }
  }

  public static void measure(Report report, boolean quick) throws Exception {
    int episodes = quick ? 20 : 200;
    report.note(
        "%-34s %9s %7s %7s %9s",
        "calls told and unknown", "episodes", "top-1", "top-3", "surprise");
    List<Trial> trials = trials(FIRST_SEED, episodes);
    note(report, "no precedents", judge(trials, 0));
    note(report, "10 precedents a fleet", judge(trials, 10));
    Result with = judge(trials, MOST_PAST);
    note(report, "40 precedents", with);
    note(report, "40, one in five of them wrong", judge(mistaken(trials), MOST_PAST));
    promise(report, "with 40 precedents", with);
    List<Trial> fresh = trials(FIRST_FRESH_SEED, episodes);
    note(report, "fresh seeds: no precedents", judge(fresh, 0));
    Result there = judge(fresh, MOST_PAST);
    note(report, "fresh seeds: 40 precedents", there);
    promise(report, "fresh seeds, with 40 precedents", there);
    speed(report);
  }

  private static void note(Report report, String name, Result result) {
    report.note(
        "%-34s %9d %7.3f %7.3f %9.3f",
        name, result.asked(), result.top1(), result.top3(), result.surprise());
  }

  private static void promise(Report report, String name, Result result) {
    report.promise(
        result.top1() >= TOP_1 && result.top3() >= TOP_3,
        "%s: top-1 %.3f, at least %.2f; top-3 %.3f (%d of %d), at least %.2f",
        name,
        result.top1(),
        TOP_1,
        result.top3(),
        result.three(),
        result.asked(),
        TOP_3);
  }

  private static List<Trial> trials(long first, int episodes) {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < episodes; i++) {
      FleetEpisode told = FleetEpisode.draw(first + i, FleetEpisode.faults(i), true);
      FleetEpisode unknown = FleetEpisode.draw(first + i, FleetEpisode.faults(i), false);
      List<Case> past = new ArrayList<>();
      for (int k = 0; k < MOST_PAST; k++) {
        long seed = FIRST_PAST_SEED + (first + i) * MOST_PAST + k;
        FleetEpisode earlier =
            FleetEpisode.drawIn(told.fleet(), seed, FleetEpisode.faults(k), true);
        past.add(new Case(earlier.causes(), earlier.scene().sick(), 1));
      }
      trials.add(new Trial(told, unknown, past));
    }
    return trials;
  }

  /// Every fifth case names somebody who suffered from it, if anybody did.
  private static List<Trial> mistaken(List<Trial> trials) {
    List<Trial> mistaken = new ArrayList<>();
    for (Trial trial : trials) {
      List<Case> past = new ArrayList<>();
      for (int k = 0; k < trial.past().size(); k++) {
        Case known = trial.past().get(k);
        Set<Integer> victims = new HashSet<>(known.suffering());
        victims.removeAll(known.causes());
        past.add(
            k % WRONG == WRONG - 1 && !victims.isEmpty()
                ? new Case(
                    Set.of(victims.stream().sorted().toList().getFirst()), known.suffering(), 1)
                : known);
      }
      mistaken.add(trial.with(past));
    }
    return mistaken;
  }

  private static Result judge(List<Trial> trials, int past) {
    CauseRanker ranker = new CauseRanker(Weights.standard());
    int first = 0;
    int three = 0;
    double surprise = 0;
    for (Trial trial : trials) {
      List<Case> cases = trial.past().subList(0, past);
      for (FleetEpisode episode : List.of(trial.told(), trial.unknown())) {
        Set<Integer> wanted = episode.causes();
        Ranking ranking =
            ranker.rank(episode.scene(), new Precedents(cases, episode.scene().sick()));
        List<Cause> causes = ranking.causes();
        first += !causes.isEmpty() && wanted.contains(causes.getFirst().service()) ? 1 : 0;
        long found = causes.stream().limit(3).filter(c -> wanted.contains(c.service())).count();
        three += found == wanted.size() ? 1 : 0;
        double given =
            causes.stream()
                .filter(c -> wanted.contains(c.service()))
                .mapToDouble(Cause::probability)
                .sum();
        surprise -= Math.log(Math.max(1e-6, given));
      }
    }
    int asked = 2 * trials.size();
    return new Result(asked, first, three, surprise / asked);
  }

  /// A thousand services with the most cases that are kept, ten of them suffering now.
  private static void speed(Report report) {
    Scene scene = FaultEpisodesBench.thousand();
    Random random = new Random(11);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < Precedents.MAX_CASES; i++) {
      int cause = 10 * random.nextInt(100);
      Set<Integer> suffering = new HashSet<>(Set.of(cause));
      random.ints(9, 0, 1_000).forEach(suffering::add);
      cases.add(new Case(Set.of(cause), suffering, 1));
    }
    Set<Integer> now = cases.getLast().suffering();
    Precedents precedents = new Precedents(cases, now);
    double without = median(scene, Precedents.NONE);
    double with = median(scene, precedents);
    report.promise(
        with < MOST_MS,
        "1,000 services x 5 metrics x 60 samples, %d precedents, ranked in %.1f ms, less than %.0f"
            + " (%.1f without)",
        cases.size(),
        with,
        MOST_MS,
        without);
  }

  private static double median(Scene scene, Precedents precedents) {
    CauseRanker ranker = new CauseRanker(Weights.standard());
    return Report.median(
        IntStream.range(0, 40)
            .mapToObj(run -> {
              long begin = System.nanoTime();
              ranker.rank(scene, precedents);
              return (System.nanoTime() - begin) / 1e6;
            })
            .skip(20)
            .toList());
  }
}

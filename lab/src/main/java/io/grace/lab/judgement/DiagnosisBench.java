package io.grace.lab.judgement;

import io.grace.intelligence.bayes.Diagnosis;
import io.grace.intelligence.bayes.Diagnosis.Finding;
import io.grace.intelligence.bayes.Diagnosis.Suspect;
import io.grace.intelligence.bayes.NoisyOr;
import io.grace.intelligence.bayes.NoisyOr.Link;
import io.grace.lab.bench.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// How fast and how rightly the causes of a fleet's symptoms are ranked: each service may have one
/// of three faults, each fault shows in symptoms of the service and of those that call it.
public final class DiagnosisBench {
  private static final int SERVICES = 1_000;
  private static final int FAULTS = 3;
  private static final int SYMPTOMS = 4;
  private static final int CALLERS = 4;
  private static final double PRIOR = 1e-3;
  private static final double LEAK = 2e-3;

  /// Findings that nobody has.
  private static final double UNKNOWN = 0.05;

  private static final int WARM = 30;
  private static final int CASES = 200;
  private static final int QUICK_CASES = 60;
  private static final double MS_WANTED = 100;

  private DiagnosisBench() {}

  public static void measure(Report report, boolean quick) {
    NoisyOr fleet = fleet(new SplittableRandom(1));
    int cases = quick ? QUICK_CASES : CASES;
    report.note(
        "%d services, %d causes, %d symptoms; cases with so many faults at once:",
        SERVICES, fleet.causes(), fleet.symptoms());
    report.note(
        "%8s %9s %12s %8s %10s", "faults", "all found", "of the first", "exact", "ms median");
    List<Double> times = new ArrayList<>();
    for (int faults : new int[] {1, 2, 3, 10}) {
      level(report, fleet, faults, cases, times);
    }
    double worst = Report.quantile(times, 0.99);
    report.promise(
        worst < MS_WANTED,
        "%d services ranked in %.1f ms (median), %.1f ms (99 %%), wanted < %.0f ms",
        SERVICES,
        Report.median(times),
        worst,
        MS_WANTED);
  }

  private static void level(
      Report report, NoisyOr fleet, int faults, int cases, List<Double> times) {
    var random = new SplittableRandom(faults);
    int found = 0;
    int exact = 0;
    List<Double> here = new ArrayList<>();
    for (int n = -WARM; n < cases; n++) {
      int[] present = random.ints(0, fleet.causes()).distinct().limit(faults).toArray();
      List<Finding> findings = findings(fleet, present, random);
      long begun = System.nanoTime();
      Diagnosis diagnosis = Diagnosis.of(fleet, findings);
      List<Suspect> ranked = diagnosis.ranked(faults);
      double ms = (System.nanoTime() - begun) / 1e6;
      if (n >= 0) {
        here.add(ms);
        exact += diagnosis.isExact() ? 1 : 0;
        for (Suspect suspect : ranked) {
          found += Arrays.stream(present).anyMatch(cause -> cause == suspect.cause()) ? 1 : 0;
        }
      }
    }
    times.addAll(here);
    report.note(
        "%8d %7.1f %% %12d %6.1f %% %10.1f",
        faults, 100.0 * found / cases / faults, faults, 100.0 * exact / cases, Report.median(here));
  }

  /// Symptoms of a service are numbered together. A fault shows strongly in two of its own and
  /// weakly in the first of each caller.
  private static NoisyOr fleet(SplittableRandom random) {
    List<Link> links = new ArrayList<>();
    for (int service = 0; service < SERVICES; service++) {
      int self = service;
      int[] callers =
          random.ints(0, SERVICES).filter(i -> i != self).distinct().limit(CALLERS).toArray();
      for (int fault = 0; fault < FAULTS; fault++) {
        int cause = service * FAULTS + fault;
        links.add(new Link(cause, service * SYMPTOMS, 0.7 + 0.25 * random.nextDouble()));
        links.add(new Link(cause, service * SYMPTOMS + 1 + fault, 0.6 + 0.3 * random.nextDouble()));
        for (int caller : callers) {
          links.add(new Link(cause, caller * SYMPTOMS, 0.2 + 0.6 * random.nextDouble()));
        }
      }
    }
    double[] priors = new double[SERVICES * FAULTS];
    double[] leaks = new double[SERVICES * SYMPTOMS];
    Arrays.fill(priors, PRIOR);
    Arrays.fill(leaks, LEAK);
    return new NoisyOr(priors, leaks, links);
  }

  private static List<Finding> findings(NoisyOr fleet, int[] present, SplittableRandom random) {
    double[] absent = fleet.absent(present);
    List<Finding> findings = new ArrayList<>();
    for (double missing : absent) {
      Finding found = random.nextDouble() < missing ? Finding.NOT_SEEN : Finding.SEEN;
      findings.add(random.nextDouble() < UNKNOWN ? Finding.UNKNOWN : found);
    }
    return findings;
  }
}

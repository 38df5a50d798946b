package io.grace.lab.judgement;

import io.grace.intelligence.ranking.Candidate;
import io.grace.intelligence.ranking.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Incidents of a fleet and what each playbook would do about each, under a seed. *Immutable* once
/// made.
///
/// It is deliberately not what the ranker believes in: load acts by thresholds, night and working
/// hours by windows, blast radius and load together, services are alike in hidden groups across
/// their kinds, and every other playbook drifts by a random walk, some jump. Chance is drawn once
/// per incident, so that policies meet the same luck.
final class DriftingWorld {
  static final int DAYS = 90;
  private static final double DAY = 86_400;
  private static final int SERVICES = 40;
  private static final int KINDS = 6;
  private static final int GROUPS = 4;
  private static final int DIAGNOSES = 8;

  /// Of the whole catalogue; a diagnosis is treated by 5 … 8 of them.
  private static final int PLAYBOOKS = 24;

  private static final int LEAST = 5;
  private static final int MOST = 8;

  /// A quarter of the services comes later.
  private static final int COLD = 10;

  private static final double MISSING = 0.1;
  private static final double MEAN_DELAY = 2 * 3600;
  private static final int JUMPS = 8;

  /// What sort of world it is, each as a multiple.
  ///
  /// @param context of how much load, time and blast radius matter
  /// @param kinds of how much services differ
  /// @param drift of how much changes
  record Nature(double context, double kinds, double drift) {}

  /// What one playbook does for one diagnosis.
  private record Cure(
      double level,
      double[] byKind,
      double[] byGroup,
      double loadThreshold,
      double overLoad,
      double atNight,
      double atWork,
      double wideAndBusy,
      double[] walk) {}

  /// @param at seconds
  /// @param kind of the service
  /// @param playbooks that treat it, by number
  record Incident(
      int number,
      double at,
      int service,
      int kind,
      int diagnosis,
      double load,
      double blastRadius,
      List<Candidate> candidates,
      int[] playbooks,
      double[] luck) {
    double timeOfDay() {
      return at / DAY % 1;
    }

    /// When its outcome is known.
    double known() {
      return at - MEAN_DELAY * Math.log(1 - luck[3]);
    }

    boolean isMissing() {
      return luck[4] < MISSING;
    }
  }

  private final Nature world;
  private final SplittableRandom random;
  private final int[] kinds = new int[SERVICES];
  private final int[] groups = new int[SERVICES];
  private final double[] nature = new double[SERVICES];
  private final double[] joined = new double[SERVICES];
  private final double[] breadth = new double[SERVICES];
  private final double[] recovers = new double[DIAGNOSES];
  private final double[] harm = new double[PLAYBOOKS];
  private final Cure[][] cures = new Cure[DIAGNOSES][PLAYBOOKS];
  private final List<List<Candidate>> catalogue = new ArrayList<>();
  private final List<int[]> treating = new ArrayList<>();
  private final List<Incident> incidents = new ArrayList<>();

  /// @param count of incidents
  DriftingWorld(long seed, int count, Nature nature) {
    world = nature;
    random = new SplittableRandom(seed * 7919 + 17);
    services();
    playbooks();
    jumps();
    for (int i = 0; i < count; i++) {
      incidents.add(incident(DAYS * DAY * random.nextDouble()));
    }
    incidents.sort(Comparator.comparingDouble(Incident::at));
  }

  List<Incident> incidents() {
    return incidents;
  }

  private void services() {
    for (int s = 0; s < SERVICES; s++) {
      kinds[s] = random.nextInt(KINDS);
      groups[s] = random.nextInt(GROUPS);
      nature[s] = random.nextGaussian();
      joined[s] = s < COLD ? DAYS * DAY * (0.2 + 0.6 * random.nextDouble()) : 0;
      breadth[s] = random.nextDouble();
    }
    for (int d = 0; d < DIAGNOSES; d++) {
      recovers[d] = 0.05 + 0.25 * random.nextDouble();
    }
  }

  private void playbooks() {
    var impacts = new double[PLAYBOOKS];
    for (int p = 0; p < PLAYBOOKS; p++) {
      impacts[p] = random.nextInt(4) / 3.0;
      harm[p] = (0.005 + 0.05 * impacts[p]) * Math.exp(0.5 * random.nextGaussian());
    }
    for (int d = 0; d < DIAGNOSES; d++) {
      int many = LEAST + random.nextInt(MOST - LEAST + 1);
      int[] chosen = some(many);
      var candidates = new ArrayList<Candidate>();
      for (int p : chosen) {
        Cure cure = cure();
        cures[d][p] = cure;
        // The author knows it on the whole, and a little wrongly.
        double claimed = chance(cure.level() + 0.7 * random.nextGaussian());
        candidates.add(new Candidate("playbook-" + p, Math.clamp(claimed, 0.05, 0.95), impacts[p]));
      }
      catalogue.add(List.copyOf(candidates));
      treating.add(chosen);
    }
  }

  private int[] some(int many) {
    return random.ints(0, PLAYBOOKS).distinct().limit(many).toArray();
  }

  private Cure cure() {
    boolean drifts = random.nextBoolean();
    var walk = new double[DAYS + 1];
    for (int day = 1; day <= DAYS; day++) {
      walk[day] = walk[day - 1] + (drifts ? 0.12 * world.drift() * random.nextGaussian() : 0);
    }
    return new Cure(
        -0.2 + 0.9 * random.nextGaussian(),
        gaussians(KINDS, 0.8 * world.kinds()),
        gaussians(GROUPS, 0.5 * world.kinds()),
        0.3 + 0.5 * random.nextDouble(),
        world.context() * random.nextGaussian(),
        0.8 * world.context() * random.nextGaussian(),
        0.8 * world.context() * random.nextGaussian(),
        world.context() * random.nextGaussian(),
        walk);
  }

  private double[] gaussians(int size, double deviation) {
    var values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = deviation * random.nextGaussian();
    }
    return values;
  }

  /// A release changes what one playbook does, for all kinds from that day on.
  private void jumps() {
    for (int j = 0; j < JUMPS; j++) {
      int d = random.nextInt(DIAGNOSES);
      int p = treating.get(d)[random.nextInt(treating.get(d).length)];
      double by = random.nextBoolean() ? 2 * world.drift() : -2 * world.drift();
      for (int day = 5 + random.nextInt(DAYS - 10); day <= DAYS; day++) {
        cures[d][p].walk()[day] += by;
      }
    }
  }

  private Incident incident(double at) {
    int service;
    do {
      // Some services are in trouble far more often.
      double u = random.nextDouble();
      service = (int) (SERVICES * (0.4 * u + 0.6 * u * u));
      service = (service * 7 + 3) % SERVICES;
    } while (joined[service] > at);
    int d = random.nextInt(DIAGNOSES);
    double hour = 24 * (at / DAY % 1);
    double daily = 0.5 + 0.3 * Math.sin(2 * Math.PI * (hour - 9 + nature[service]) / 24);
    double load = Math.clamp(daily + 0.2 * random.nextGaussian(), 0, 1);
    double blast = Math.clamp(breadth[service] + 0.15 * random.nextGaussian(), 0, 1);
    double[] luck = random.doubles(5).toArray();
    return new Incident(
        incidents.size(),
        at,
        service,
        kinds[service],
        d,
        load,
        blast,
        catalogue.get(d),
        treating.get(d),
        luck);
  }

  /// The chance that a candidate heals, by its place; without recovery and harm.
  private double cures(Incident i, int place) {
    Cure c = cures[i.diagnosis()][i.playbooks()[place]];
    double hour = 24 * i.timeOfDay();
    double odds =
        c.level()
            + c.byKind()[i.kind()]
            + c.byGroup()[groups[i.service()]] * (1 + 0.3 * nature[i.service()])
            + c.walk()[(int) (i.at() / DAY)]
            + (i.load() > c.loadThreshold() ? c.overLoad() : 0)
            + (hour < 6 ? c.atNight() : 0)
            + (hour > 9 && hour < 17 ? c.atWork() : 0)
            + (i.load() > 0.6 && i.blastRadius() > 0.5 ? c.wideAndBusy() : 0);
    return chance(odds);
  }

  private double recovers(Incident i) {
    return recovers[i.diagnosis()] * (1.3 - 0.6 * i.load());
  }

  /// The chance of verified success of a candidate.
  double success(Incident i, int place) {
    double hurt = Math.min(harm[i.playbooks()[place]], 1);
    double well = 1 - (1 - recovers(i)) * (1 - cures(i, place));
    return (1 - hurt) * well;
  }

  /// What becomes of an incident.
  ///
  /// @param place of the candidate, or −1 to leave it alone
  Outcome outcome(Incident i, int place) {
    boolean alone = i.luck()[0] < recovers(i);
    if (place < 0) {
      return alone ? Outcome.SUCCEEDED : Outcome.FAILED;
    }
    if (i.luck()[1] < harm[i.playbooks()[place]]) {
      return Outcome.HARMED;
    }
    return alone || i.luck()[2] < cures(i, place) ? Outcome.SUCCEEDED : Outcome.FAILED;
  }

  private static double chance(double odds) {
    return 1 / (1 + Math.exp(-odds));
  }
}

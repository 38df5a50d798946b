package io.grace.lab.judgement;

import io.grace.lab.judgement.Fleet.Edge;
import io.grace.lab.judgement.Fleet.Gauge;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// One run of a simulated fleet, a tick every fifteen seconds. Traffic goes down the calls and
/// latency and errors come up: a caller waits for what it calls or gives up, fails with what has no
/// fallback, and asks less of the next once it failed. Queues carry work from tick to tick. Nothing
/// here knows the ranker. *Owned by one thread.*
final class FleetRun {
  private static final double TICK_SECONDS = 15;
  private static final double ENTRY_TRAFFIC = 60;

  /// From here on most of the CPU collects memory.
  private static final double MEMORY_TIGHT = 0.8;

  private final Fleet fleet;
  private final List<FleetFault> faults;
  private final RandomGenerator random;
  private final double[] surge;
  private final double[] backlog;
  private final double[] usual;
  private final double[] memoryDrift;
  private final double[] phase;
  private final double[] asked;
  private final double[] latency;
  private final double[] failed;
  private final double[] use;
  private final double[] stolen;
  private double weather;

  /// @param surge how many times the usual traffic users send, one a tick
  FleetRun(Fleet fleet, List<FleetFault> faults, double[] surge, RandomGenerator random) {
    this.fleet = fleet;
    this.faults = faults;
    this.surge = surge;
    this.random = random;
    int count = fleet.size();
    this.backlog = new double[count];
    this.memoryDrift = new double[count];
    this.phase = random.doubles(count).toArray();
    this.asked = new double[count];
    this.latency = new double[count];
    this.failed = new double[count];
    this.use = new double[count];
    this.stolen = new double[count];
    this.usual = usual();
  }

  private double[] usual() {
    double[] traffic = new double[fleet.size()];
    for (int s = 0; s < traffic.length; s++) {
      traffic[s] += fleet.entry()[s] ? ENTRY_TRAFFIC : 0;
      for (Edge edge : fleet.edges().get(s)) {
        traffic[edge.callee()] += traffic[s] * edge.calls();
      }
    }
    return traffic;
  }

  /// @return one row a service, one series a gauge, NaN where nothing is measured
  double[][][] run(int ticks) {
    int count = fleet.size();
    double[][][] seen = new double[count][Gauge.values().length][ticks];
    double[][] before = new double[count][Gauge.values().length];
    for (int tick = -4; tick < ticks; tick++) {
      double[][] now = step(Math.max(0, tick));
      for (int s = 0; s < count && tick >= 0; s++) {
        for (Gauge gauge : Gauge.values()) {
          int g = gauge.ordinal();
          // Every exporter averages over its own window, which does not begin with the tick.
          double mixed = phase[s] * before[s][g] + (1 - phase[s]) * now[s][g];
          double value = Double.isNaN(mixed) ? now[s][g] : mixed;
          seen[s][g][tick] = fleet.measured()[s][g] ? noisy(gauge, value) : Double.NaN;
        }
      }
      before = now;
    }
    return seen;
  }

  private double noisy(Gauge gauge, double value) {
    if (random.nextInt(400) == 0) {
      return Double.NaN;
    }
    double jitter = Math.exp(0.04 * random.nextGaussian());
    // Now and then one reading is far off, as the slowest requests and scrapes make it.
    double wild = random.nextInt(250) == 0 ? 1 + 2 * random.nextDouble() : 1;
    return switch (gauge) {
      case CPU -> Math.min(1, value * jitter * wild);
      case MEMORY -> value * Math.exp(0.003 * random.nextGaussian());
      case DISK -> Math.min(1, value + 0.001 * random.nextGaussian());
      case LATENCY -> value * jitter * jitter * wild;
      case ERRORS -> Math.clamp(value * wild * jitter, 0.0, 1.0);
      case TRAFFIC -> value * jitter;
      case QUEUE -> value * jitter * wild;
    };
  }

  private double[][] step(int tick) {
    int count = fleet.size();
    weather = 0.9 * weather + 0.03 * random.nextGaussian();
    burn(tick);
    Arrays.fill(asked, 0);
    for (int s = 0; s < count; s++) {
      asked[s] += fleet.entry()[s] ? ENTRY_TRAFFIC * surge[tick] * Math.exp(weather) : 0;
      passOn(s, tick);
    }
    double[][] now = new double[count][];
    for (int s = count - 1; s >= 0; s--) {
      now[s] = work(s, tick);
    }
    return now;
  }

  private boolean has(FleetFault.Kind kind, int service, int tick) {
    return severity(kind, service, tick) > 0;
  }

  private double severity(FleetFault.Kind kind, int service, int tick) {
    for (FleetFault fault : faults) {
      if (fault.kind() == kind && fault.service() == service && fault.isOn(tick)) {
        return fault.severity();
      }
    }
    return 0;
  }

  private double progress(FleetFault.Kind kind, int service, int tick) {
    for (FleetFault fault : faults) {
      if (fault.kind() == kind && fault.service() == service && fault.isOn(tick)) {
        return fault.progress(tick);
      }
    }
    return 0;
  }

  /// CPU that a hog takes from its own service, and some from the neighbours on its host.
  private void burn(int tick) {
    Arrays.fill(stolen, 0);
    for (FleetFault fault : faults) {
      if (fault.kind() != FleetFault.Kind.CPU_HOG || !fault.isOn(tick)) {
        continue;
      }
      for (int s = 0; s < stolen.length; s++) {
        boolean isNeighbour = fleet.host()[s] == fleet.host()[fault.service()];
        double share = s == fault.service() ? 0.55 + 0.4 * fault.severity() : 0.2;
        stolen[s] = isNeighbour ? Math.max(stolen[s], share) : stolen[s];
      }
    }
  }

  /// A request that already failed asks nothing more of others; a service that is gone asks nothing
  /// at all. What failed a tick ago is known, what fails now is not.
  private void passOn(int s, int tick) {
    boolean isGone = has(FleetFault.Kind.CRASH, s, tick) || has(FleetFault.Kind.HANG, s, tick);
    boolean isOpen = has(FleetFault.Kind.BREAKER_OPEN, s, tick);
    double forgets = 1 + severity(FleetFault.Kind.COLD_CACHE, s, tick);
    double own = ownErrors(s, tick);
    List<Edge> edges = fleet.edges().get(s);
    for (Edge edge : edges) {
      // A cache stands before one store: what it forgot is asked of that one again.
      double again = edge == edges.getLast() ? forgets : 1;
      double through = isGone || isOpen ? 0.02 : 1 - own;
      double retried = 1 + 0.3 * failed[edge.callee()];
      asked[edge.callee()] += asked[s] * edge.calls() * through * again * retried;
    }
  }

  private double ownErrors(int s, int tick) {
    double errors = fleet.errors()[s];
    double flag = severity(FleetFault.Kind.BAD_FLAG, s, tick);
    errors += flag > 0 ? 0.15 + 0.5 * flag : 0;
    errors += progress(FleetFault.Kind.DISK_FILLS, s, tick) >= 0.97 ? 0.5 : 0;
    errors += progress(FleetFault.Kind.MEMORY_LEAK, s, tick) >= 0.98 ? 0.4 : 0;
    double deploy = severity(FleetFault.Kind.BAD_DEPLOY, s, tick);
    errors += deploy > 0 && flavour(s) == 0 ? 0.1 + 0.4 * deploy : 0;
    return Math.min(1, errors);
  }

  /// Bad deploys are failing, slow or hungry.
  private static int flavour(int service) {
    return service % 3;
  }

  private double[] work(int s, int tick) {
    double[] row = new double[Gauge.values().length];
    memoryDrift[s] = 0.95 * memoryDrift[s] + 0.004 * random.nextGaussian();
    if (has(FleetFault.Kind.CRASH, s, tick)) {
      latency[s] = 1;
      failed[s] = 1;
      backlog[s] = 0;
      Arrays.fill(row, Double.NaN);
      return row;
    }
    double deploy = severity(FleetFault.Kind.BAD_DEPLOY, s, tick);
    double hunger = deploy > 0 && flavour(s) == 2 ? 1.8 + deploy : 1;
    double cold = severity(FleetFault.Kind.COLD_CACHE, s, tick);
    double leak = progress(FleetFault.Kind.MEMORY_LEAK, s, tick);
    double tight = leak > MEMORY_TIGHT ? 1 + 8 * (leak - MEMORY_TIGHT) : 1;
    double slow = severity(FleetFault.Kind.QUEUE_GROWS, s, tick) > 0 ? 0.35 : 1;
    double capacity =
        usual[s] * fleet.headroom()[s] * (1 - stolen[s]) * slow / (hunger * tight * (1 + cold));
    double load = asked[s] / Math.max(1e-9, capacity);
    backlog[s] = Math.clamp(backlog[s] + (asked[s] - capacity) * TICK_SECONDS, 0, 40 * usual[s]);
    double own = fleet.ownMs()[s] * (1 + cold * 6) * tight * hunger;
    own *= deploy > 0 && flavour(s) == 1 ? 2 + 3 * deploy : 1;
    own /= 1 - Math.min(load, 0.9);
    own += 1_000 * backlog[s] / Math.max(1, capacity);
    boolean isOpen = has(FleetFault.Kind.BREAKER_OPEN, s, tick);
    double waited = 0;
    double survived = 1 - ownErrors(s, tick);
    for (Edge edge : fleet.edges().get(s)) {
      double late = latency[edge.callee()];
      double gaveUp = late > edge.timeoutMs() ? 0.9 : late > edge.timeoutMs() / 2 ? 0.2 : 0;
      double wrong = isOpen ? 1 : 1 - (1 - failed[edge.callee()]) * (1 - gaveUp);
      waited += isOpen ? 0.1 : edge.calls() * Math.min(late, edge.timeoutMs());
      survived *= 1 - Math.min(1, edge.calls()) * wrong * edge.passesOn();
    }
    boolean hangs = has(FleetFault.Kind.HANG, s, tick);
    latency[s] = hangs ? 30_000 : own + waited;
    failed[s] = hangs ? 0 : 1 - survived;
    use[s] = Math.min(1, stolen[s] + (1 - stolen[s]) * Math.min(1, load * slow) * cpuShare(tight));
    double waiting = hangs ? asked[s] * TICK_SECONDS * (1 + tick % 40) : backlog[s];
    row[Gauge.CPU.ordinal()] = hangs ? 0.02 : use[s];
    row[Gauge.MEMORY.ordinal()] =
        fleet.memory()[s] * (1 + memoryDrift[s]) * (1 + 2 * leak) + 2e4 * waiting;
    row[Gauge.DISK.ordinal()] =
        fleet.disk()[s] + (1 - fleet.disk()[s]) * progress(FleetFault.Kind.DISK_FILLS, s, tick);
    // What never answers has no latency and no errors to count, as seen from itself.
    row[Gauge.LATENCY.ordinal()] = hangs ? Double.NaN : latency[s];
    row[Gauge.ERRORS.ordinal()] = hangs ? Double.NaN : failed[s];
    row[Gauge.TRAFFIC.ordinal()] = hangs ? 0 : Math.min(asked[s], capacity);
    row[Gauge.QUEUE.ordinal()] = waiting + Math.min(load, 0.95) / (1 - Math.min(load, 0.95));
    return row;
  }

  private static double cpuShare(double tight) {
    return tight > 1 ? 1 : 0.8;
  }
}

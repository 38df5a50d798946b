package io.grace.lab.judgement;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The services of a simulated world and who calls whom, drawn at random: callers have smaller
/// indices than what they call. *Immutable.*
///
/// @param entry whether users call it
/// @param host several services share one
/// @param ownMs how long it works for a request
/// @param headroom how many times its usual traffic it can take
/// @param memory in bytes
/// @param disk as a share
/// @param errors what it fails at by itself, as a share
/// @param measured which gauges it has, one a [Gauge]
record Fleet(
    boolean[] entry,
    int[] host,
    double[] ownMs,
    double[] headroom,
    double[] memory,
    double[] disk,
    double[] errors,
    boolean[][] measured,
    List<List<Edge>> edges) {

  enum Gauge {
    CPU("cpu"),
    MEMORY("mem"),
    DISK("disk"),
    LATENCY("latency"),
    ERRORS("errors"),
    TRAFFIC("requests"),
    QUEUE("queue");

    private final String label;

    Gauge(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /// @param calls how often a request makes this call
  /// @param passesOn the share of the callee's errors that fail the caller; the rest has a fallback
  /// @param timeoutMs after which the caller gives up
  record Edge(int callee, double calls, double passesOn, double timeoutMs) {}

  static Fleet draw(RandomGenerator random) {
    int count = 10 + random.nextInt(31);
    int entries = 1 + random.nextInt(1 + count / 12);
    boolean[] entry = new boolean[count];
    int[] host = new int[count];
    double[] ownMs = new double[count];
    double[] headroom = new double[count];
    double[] memory = new double[count];
    double[] disk = new double[count];
    double[] errors = new double[count];
    boolean[][] measured = new boolean[count][Gauge.values().length];
    List<List<Edge>> edges = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      edges.add(new ArrayList<>());
      entry[s] = s < entries;
      host[s] = random.nextInt(1 + count / 3);
      ownMs[s] = 4 * Math.exp(0.9 * random.nextGaussian()) + 1;
      headroom[s] = 1.8 + 2.2 * random.nextDouble();
      memory[s] = 3e8 * Math.exp(0.8 * random.nextGaussian());
      disk[s] = 0.2 + 0.4 * random.nextDouble();
      errors[s] = random.nextInt(3) == 0 ? 0 : 0.004 * random.nextDouble();
      for (Gauge gauge : Gauge.values()) {
        // Latency, errors and traffic come from calls; the rest only where somebody exports it.
        measured[s][gauge.ordinal()] =
            gauge == Gauge.LATENCY
                || gauge == Gauge.ERRORS
                || gauge == Gauge.TRAFFIC
                || random.nextDouble() < 0.9;
      }
    }
    for (int s = entries; s < count; s++) {
      int callers = 1 + (random.nextInt(3) == 0 ? 1 : 0) + (random.nextInt(6) == 0 ? 1 : 0);
      for (int c = 0; c < callers; c++) {
        int caller = random.nextInt(Math.max(1, Math.min(s, 3 + s / 2)));
        edges.get(caller).add(edge(s, random));
      }
    }
    return new Fleet(entry, host, ownMs, headroom, memory, disk, errors, measured, edges);
  }

  private static Edge edge(int callee, RandomGenerator random) {
    double calls = random.nextInt(4) == 0 ? 0.3 + 0.4 * random.nextDouble() : 1;
    double passesOn = random.nextInt(4) == 0 ? 0.2 * random.nextDouble() : 1;
    return new Edge(callee, calls, passesOn, 800 + 1_200 * random.nextDouble());
  }

  int size() {
    return entry.length;
  }
}

package io.grace.intelligence.cause;

import java.util.ArrayList;
import java.util.List;

/// What can move what: the parents of each track that deviates, by the meta-model that latency and
/// errors come from callees, traffic from callers, and use from traffic (the structural graph of
/// CIRCA, Li et al., KDD 2022, section 4.2). *Owned by its caller.*
final class CausalGraph {
  /// Only the parents that moved most are worth a coefficient.
  private static final int MAX_PARENTS = 6;

  /// Smaller deviations are neither explained nor explain anything.
  static final double LEAST = 1;

  /// Of what no callee's metric of the same kind explains, a callee that is sick in another way is
  /// held to explain at most this share: it times out, or is retried.
  private static final double CROSSWISE = 0.7;

  /// A callee that is gone explains nearly all that its callers suffer.
  private static final double SILENT_SHARE = 0.9;

  private static final double CONGESTION = 0.9;
  private static final double CONGESTING_RISE = 0.5;

  private static final double FEWEST_CALLS = 0.01;
  private static final double MOST_CALLS = 3;

  private final Scene scene;
  private final Deviations deviations;
  private final Topology topology;
  private final int[][] tracksOf;

  CausalGraph(Scene scene, Deviations deviations, Topology topology) {
    this.scene = scene;
    this.deviations = deviations;
    this.topology = topology;
    int[] counts = new int[scene.services().size()];
    scene.tracks().forEach(track -> counts[track.service()]++);
    this.tracksOf = new int[counts.length][];
    for (int s = 0; s < counts.length; s++) {
      tracksOf[s] = new int[counts[s]];
    }
    for (int t = scene.tracks().size() - 1; t >= 0; t--) {
      int service = scene.tracks().get(t).service();
      tracksOf[service][--counts[service]] = t;
    }
  }

  int[] tracksOf(int service) {
    return tracksOf[service];
  }

  Explanation explain(int track) {
    Deviation deviation = deviations.of(track);
    if (deviation.size() < LEAST || deviation.isSilent()) {
      return Explanation.none(deviation);
    }
    Explanation plain = plain(track);
    return switch (deviation.kind()) {
      case LATENCY -> congested(deviation, crosswise(deviation, plain));
      case ERROR -> crosswise(deviation, plain);
      case QUEUE -> congested(deviation, plain);
      case USE, STOCK, TRAFFIC, OTHER -> plain;
    };
  }

  /// More traffic fills queues out of all proportion once it nears what a service can take, which
  /// no regression over a calm period shows. Where traffic rose by half, it explains most of it.
  private Explanation congested(Deviation deviation, Explanation plain) {
    int traffic = traffic(deviation.service());
    if (traffic < 0 || deviation.moved() < 0) {
      return plain;
    }
    Deviation asked = deviations.of(traffic);
    if (asked.size() < LEAST || asked.moved() <= 0 || asked.from() <= 0) {
      return plain;
    }
    double rise = asked.moved() / asked.from();
    double share = CONGESTION * Math.min(1, rise / CONGESTING_RISE);
    return plain.and(traffic, share);
  }

  private Explanation plain(int track) {
    Deviation deviation = deviations.of(track);
    List<Parent> parents = new ArrayList<>();
    switch (deviation.kind()) {
      case LATENCY -> {
        callees(track, parents);
        ownTraffic(track, parents);
      }
      case ERROR -> callees(track, parents);
      case USE, STOCK, QUEUE -> ownTraffic(track, parents);
      case TRAFFIC -> callers(track, parents);
      case OTHER -> {}
    }
    parents.sort((a, b) -> Double.compare(b.strength(), a.strength()));
    int count = Math.min(MAX_PARENTS, parents.size());
    int[] chosen = new int[count];
    double[] expected = new double[count];
    for (int p = 0; p < count; p++) {
      chosen[p] = parents.get(p).track();
      expected[p] = parents.get(p).expected();
    }
    return Explanation.by(scene, deviations, track, chosen, expected);
  }

  private record Parent(int track, double expected, double strength) {}

  private void callees(int track, List<Parent> parents) {
    Track child = scene.tracks().get(track);
    for (int callee : topology.callees(child.service())) {
      for (int t : tracksOf[callee]) {
        if (scene.tracks().get(t).name().equals(child.name())) {
          add(t, callsPerRequest(callee), parents);
        }
      }
    }
  }

  private void ownTraffic(int track, List<Parent> parents) {
    int traffic = traffic(scene.tracks().get(track).service());
    if (traffic >= 0) {
      double of = deviations.baseline(traffic).median();
      double by = deviations.baseline(track).median();
      add(traffic, of > 0 && by > 0 ? by / of : 0, parents);
    }
  }

  private void callers(int track, List<Parent> parents) {
    int service = scene.tracks().get(track).service();
    for (int caller : topology.callers(service)) {
      int traffic = traffic(caller);
      if (traffic >= 0) {
        add(traffic, callsPerRequest(service), parents);
      }
    }
  }

  private void add(int track, double expected, List<Parent> parents) {
    Deviation deviation = deviations.of(track);
    if (deviation.size() >= LEAST && !deviation.isSilent()) {
      parents.add(new Parent(track, expected, deviation.strength()));
    }
  }

  /// The first traffic of a service whose normal is known; -1 if there is none.
  private int traffic(int service) {
    for (int t : tracksOf[service]) {
      if (scene.tracks().get(t).kind() == MetricKind.TRAFFIC && deviations.baseline(t).isKnown()) {
        return t;
      }
    }
    return -1;
  }

  /// How often a request to one of its callers calls the service; 1 if traffic is not measured.
  private double callsPerRequest(int callee) {
    int own = traffic(callee);
    double asked = 0;
    for (int caller : topology.callers(callee)) {
      int traffic = traffic(caller);
      asked += traffic >= 0 ? Math.max(0, deviations.baseline(traffic).median()) : 0;
    }
    if (own < 0 || asked <= 0) {
      return 1;
    }
    double calls = deviations.baseline(own).median() / asked;
    return Math.clamp(calls, FEWEST_CALLS, MOST_CALLS);
  }

  /// A callee that is slow makes its caller fail by timeouts, but then the caller is slow as well;
  /// one that fails makes its caller slow by retries, but then the caller fails as well. So a
  /// callee explains as much of the one as it does of the other.
  private Explanation crosswise(Deviation deviation, Explanation plain) {
    int best = -1;
    double most = 0;
    for (int callee : topology.callees(deviation.service())) {
      double share = shareOfOther(deviation, callee);
      for (int t : tracksOf[callee]) {
        Deviation other = deviations.of(t);
        double felt =
            other.isSilent()
                ? SILENT_SHARE
                : other.kind().reachesCallers() && other.kind() != deviation.kind()
                    ? CROSSWISE * share
                    : 0;
        if (felt > most) {
          best = t;
          most = felt;
        }
      }
    }
    return best < 0 ? plain : plain.and(best, most);
  }

  /// How much of the other kind of trouble of the same service the callee explains.
  private double shareOfOther(Deviation deviation, int callee) {
    double most = 0;
    for (int t : tracksOf[deviation.service()]) {
      Deviation other = deviations.of(t);
      if (!other.kind().reachesCallers()
          || other.kind() == deviation.kind()
          || other.isSilent()
          || other.size() < LEAST) {
        continue;
      }
      Explanation explanation = plain(t);
      double share = 0;
      for (int p = 0; p < explanation.parents().length; p++) {
        boolean isOfCallee = scene.tracks().get(explanation.parents()[p]).service() == callee;
        share += isOfCallee ? explanation.shares()[p] : 0;
      }
      most = Math.max(most, share);
    }
    return most;
  }
}

package io.grace.intelligence.cause;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/// Ranks the services of a scene by how likely each caused the incident. Pure: the same scene gives
/// the same ranking. Takes n log n for n samples, and not more than that for calls. *Thread-safe.*
public final class CauseRanker {
  /// Nobody reads more.
  public static final int MAX_CAUSES = 20;

  private final Weights weights;

  public CauseRanker(Weights weights) {
    this.weights = weights;
  }

  /// One ranking of one scene on the way.
  private record Study(
      Topology topology,
      Deviations deviations,
      CausalGraph graph,
      Explanation[] explanations,
      Attribution attribution,
      Features features) {}

  /// What speaks for each service, to learn weights from.
  public static Features features(Scene scene) {
    return study(scene).features();
  }

  public Ranking rank(Scene scene) {
    return rank(scene, Precedents.NONE);
  }

  /// @param precedents of the services of the scene; without any that are like this, the ranking is
  ///   the same as without them
  /// @throws IllegalArgumentException if they speak of services that the scene does not have
  public Ranking rank(Scene scene, Precedents precedents) {
    precedents.check(scene.services().size());
    Study study = study(scene);
    Features features = study.features();
    double none = Quiet.probability(features.rarity());
    double[] scores = Weights.scores(features, weights.of(scene.knowsCalls()));
    int count = features.services().length;
    int watched = scene.services().size() - scene.pseudo().size();
    double[] voice =
        PrecedentNetwork.voice(precedents, study.topology(), features.services(), watched);
    for (int i = 0; i < count; i++) {
      scores[i] += voice[i];
    }
    double[] shares = Weights.softmax(scores);
    List<Integer> order =
        IntStream.range(0, count)
            .boxed()
            .sorted((a, b) -> Double.compare(shares[b], shares[a]))
            .toList();
    List<Case> alike = precedents.lookedLikeThis();
    List<Cause> causes = new ArrayList<>();
    double rest = 0;
    for (int i : order) {
      double probability = (1 - none) * shares[i];
      if (causes.size() < MAX_CAUSES) {
        causes.add(cause(scene, study, i, probability, alike));
      } else {
        rest += probability;
      }
    }
    return new Ranking(causes, none, (1 - none) * shares[count], rest, features.rarity());
  }

  private static Study study(Scene scene) {
    Topology topology = Topology.of(scene);
    Deviations deviations = new Deviations(scene);
    CausalGraph graph = new CausalGraph(scene, deviations, topology);
    Explanation[] explanations =
        IntStream.range(0, scene.tracks().size())
            .mapToObj(graph::explain)
            .toArray(Explanation[]::new);
    Attribution attribution =
        scene.knowsCalls()
            ? Attribution.of(scene, deviations, explanations, topology)
            : new Attribution(new double[scene.services().size()], 0);
    double rarity = Quiet.rarity(scene, deviations, concerned(scene, topology));
    Features features =
        new Evidence(scene, deviations, explanations, topology).features(attribution, rarity);
    return new Study(topology, deviations, graph, explanations, attribution, features);
  }

  /// The services whose deviations can be about this incident.
  private static BitSet concerned(Scene scene, Topology topology) {
    BitSet concerned = new BitSet();
    if (scene.knowsCalls() && !scene.sick().isEmpty()) {
      concerned.or(topology.below(scene.sick()));
    } else {
      concerned.set(0, scene.services().size());
    }
    scene.pseudo().forEach(concerned::clear);
    return concerned;
  }

  private static Cause cause(
      Scene scene, Study study, int index, double probability, List<Case> alike) {
    int service = study.features().services()[index];
    double[] row = study.features().rows()[index];
    int track =
        Telling.track(scene, study.graph(), study.deviations(), study.explanations(), service);
    Deviation deviation = track < 0 ? Telling.nothing(service) : study.deviations().of(track);
    double left = track < 0 ? 0 : study.explanations()[track].left();
    double share = study.attribution().shares()[service];
    double since = Telling.sinceChange(scene, service, deviation, row[Features.CHANGED]);
    String why =
        Telling.sentence(scene, service, track, deviation, share, since)
            + Precedents.sentence(alike, service, scene.services().get(service));
    return new Cause(service, track, probability, deviation, left, share, since, why);
  }
}

package io.grace.lab.judgement;

import io.grace.intelligence.cause.CauseRanker;
import io.grace.intelligence.cause.Scene;
import io.grace.intelligence.cause.WeightFit;
import io.grace.intelligence.cause.WeightFit.Lesson;
import io.grace.intelligence.cause.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Where the standard weights come from: simulated incidents under seeds that no measurement uses.
/// Run as a program, it prints weights to write down.
public final class FleetLessons {
  private static final long FIRST_SEED = 100_000;

  /// One incident of so many has its cause in a service that is not watched.
  private static final int UNWATCHED = 20;

  private FleetLessons() {}

  public static void main(String[] arguments) {
    int count = arguments.length == 0 ? 3_000 : Integer.parseInt(arguments[0]);
    Weights weights = learn(count);
    System.out.println(text(weights.withCalls()));
    System.out.println(text(weights.withoutCalls()));
  }

  private static String text(double[] weights) {
    return java.util.Arrays.stream(weights)
        .mapToObj(w -> String.format(java.util.Locale.ROOT, "%.2f", w))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  static Weights learn(int count) {
    return new Weights(learn(count, true), learn(count, false));
  }

  private static double[] learn(int count, boolean isDeclared) {
    List<Lesson> lessons = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FleetEpisode episode = FleetEpisode.draw(FIRST_SEED + i, FleetEpisode.faults(i), isDeclared);
      boolean isUnwatched = i % UNWATCHED == UNWATCHED / 2 - 1;
      lessons.add(
          isUnwatched
              ? new Lesson(CauseRanker.features(without(episode)), Set.of())
              : new Lesson(CauseRanker.features(episode.scene()), episode.causes()));
    }
    return WeightFit.fit(lessons, new double[Weights.LENGTH]);
  }

  /// The incident as it looks where nobody watches what caused it.
  private static Scene without(FleetEpisode episode) {
    Scene scene = episode.scene();
    Set<Integer> causes = episode.causes();
    return new Scene(
        scene.services(),
        scene.pseudo(),
        scene.tracks().stream().filter(t -> !causes.contains(t.service())).toList(),
        scene.noticed(),
        scene.lateness(),
        scene.sick().stream().filter(s -> !causes.contains(s)).collect(Collectors.toSet()),
        scene.calls().stream()
            .filter(c -> !causes.contains(c.caller()) && !causes.contains(c.callee()))
            .toList(),
        scene.changes().stream().filter(c -> !causes.contains(c.service())).toList());
  }
}

package io.grace.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.state.Run;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the real loop against worlds that fail, stall and crash, on simulated time. A failure names
/// its seed and tells its log; the same seed fails the same way.
///
/// `-Dgrace.sim.seeds=N` chooses how many worlds, 10,000 by default.
///
/// Each [Plant] is a bug on purpose, and [#plantedBugIsFound] sees the invariant that it breaks
/// fail: a clock that stops, effects before intent, effects carried on by the next life or
/// forgotten within one, torn batches, ignored mode, freeze, pause, blast radius, targets, rate,
/// attempts and quorum, rosy telemetry, lost escalations, intents, results and commands, an undo
/// that races.
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("grace.sim.seeds", 10_000);
  private static final int CHUNK = 2_000;

  /// A planted bug that this many worlds do not show is not found at all.
  private static final int PLANT_SEEDS = 2_000;

  private static final Map<Run.Outcome, Integer> OUTCOMES = new ConcurrentHashMap<>();

  static IntStream chunks() {
    return IntStream.iterate(0, from -> from < SEEDS, from -> from + CHUNK);
  }

  @ParameterizedTest
  @MethodSource("chunks")
  void everyInvariantHoldsInEveryWorld(int from) {
    IntStream.range(from, Math.min(SEEDS, from + CHUNK))
        .parallel()
        .forEach(seed ->
            new World(seed, Plant.NONE)
                .run()
                .forEach((o, n) -> OUTCOMES.merge(o, n, Integer::sum)));
  }

  @AfterAll
  static void everyOutcomeIsReached() {
    System.out.println("simulated " + SEEDS + " worlds: " + new EnumMap<>(OUTCOMES));
    assertEquals(Run.Outcome.values().length, OUTCOMES.size(), "outcomes reached: " + OUTCOMES);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void plantedBugIsFound(Plant plant) {
    Invariant broken = plant.breaks().orElseThrow();

    boolean isFound = IntStream.range(0, PLANT_SEEDS).anyMatch(seed -> breaks(seed, plant, broken));

    assertTrue(isFound, () -> plant + " was not found by: " + broken.claim());
  }

  private static boolean breaks(int seed, Plant plant, Invariant invariant) {
    var world = new World(seed, plant);
    try {
      world.run();
      return false;
    } catch (AssertionError | RuntimeException _) {
      return world.invariants().broken().containsKey(invariant);
    }
  }

  @Test
  void sameSeedGivesTheSameLog() {
    for (int seed = 0; seed < 20; seed++) {
      var one = new World(seed, Plant.NONE);
      var two = new World(seed, Plant.NONE);
      one.run();
      two.run();
      assertEquals(one.log(), two.log(), "seed " + seed);
    }
  }
}

package io.grace.domains.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.series.Recorder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often a graph is called stale that is not, and how often one that is is not.
class FalseAlarmTest {
  private static final int PROCESSES = 60;

  @TempDir Path directory;

  private double staleness(long seed, boolean isRewired) throws Exception {
    var recorder = new Recorder(1, 500);
    var graphs =
        new Graphs(
            List.of(Chain.LOAD, Chain.QUEUE, Chain.DELAY),
            recorder,
            3,
            300,
            60,
            directory.resolve("graph-" + seed + isRewired));
    var chain = new Chain(1_000, seed);
    chain.record(recorder, 362);
    assertTrue(graphs.rebuild(Instant.ofEpochSecond(2_000)).isPresent());
    chain.isRewired = isRewired;
    chain.record(recorder, 60);
    return graphs.staleness().orElseThrow();
  }

  @Test
  void aProcessThatDoesNotChangeIsNotCalledStaleAndOneThatDoesIs() throws Exception {
    int falseAlarms = 0;
    int missed = 0;
    for (int seed = 0; seed < PROCESSES; seed++) {
      falseAlarms += staleness(seed, false) >= 0.3 ? 1 : 0;
      missed += staleness(seed, true) >= 0.3 ? 0 : 1;
    }

    assertTrue(falseAlarms <= 3, falseAlarms + " of " + PROCESSES + " called stale");
    assertEquals(0, missed, "changed processes that were not called stale");
  }
}

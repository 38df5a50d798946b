package io.grace.domains.ml;

import io.grace.domains.series.Recorded;
import io.grace.domains.series.Recorder;
import io.grace.domains.series.SeriesId;
import java.nio.file.Path;
import java.time.Duration;

/// A process of its own that trains, and is killed by whoever started it.
final class TrainUntilKilled {
  static final ModelSpec SPEC =
      new ModelSpec("orders_latency", "orders/latency_ms", 12, 2, 12, 4, 60, 300);

  private TrainUntilKilled() {}

  /// Trains for as long as it is let.
  ///
  /// @param args the directory of the jobs, and the second at which the series begins
  public static void main(String[] args) throws Exception {
    var recorder = new Recorder(1, 301);
    var process = new Wave(SeriesId.parse(SPEC.series()), Long.parseLong(args[1]), 7);
    process.record(recorder, 302);
    Recorded data = recorder.newest(SPEC.id(), 300).orElseThrow();
    try (var jobs =
        new Jobs(
            Path.of(args[0]),
            1,
            1,
            (_, _, _) -> {
              throw new IllegalStateException("was not killed in time");
            })) {
      jobs.submit(new Job("job-killed", SPEC, 0, 42, 1, Job.State.OPEN, "waits"), data);
      jobs.await("job-killed", Duration.ofMinutes(5));
    }
  }
}

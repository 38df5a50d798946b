package io.grace.runtime.telemetry;

import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Asks every source at its own pace and hands on what it says. *Thread-safe.*
///
/// Sources run beside each other and never beside themselves. The first round of each is put off by
/// a random part of its interval, so that they do not all start at once.
public final class Collector implements AutoCloseable {
  /// A source is told to stop and has this long to do so; after that it is left to itself.
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /// What became of the rounds so far.
  ///
  /// @param collected rounds that gave signals, possibly none
  /// @param failed rounds that threw or took too long
  /// @param skipped rounds that were left out because the one before was not over
  /// @param dropped rounds whose signals nobody could take in
  public record Rounds(long collected, long failed, long skipped, long dropped) {}

  private final List<Pace> paces;
  private final LongAdder collected = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /// Starts at once.
  ///
  /// @param offer takes a round's signals; false if there is no room for them
  /// @throws IllegalArgumentException if two sources have the same name
  public Collector(
      Collection<TelemetrySource> sources,
      Predicate<List<Signal>> offer,
      InstantSource clock,
      RandomGenerator random) {
    if (sources.stream().map(TelemetrySource::name).distinct().count() < sources.size()) {
      throw new IllegalArgumentException(
          "every source needs a name of its own: "
              + sources.stream().map(TelemetrySource::name).sorted().toList());
    }
    Consumer<List<Signal>> counting =
        signals -> {
          boolean isTaken = signals.isEmpty() || offer.test(signals);
          (isTaken ? collected : dropped).increment();
        };
    this.paces =
        sources.stream()
            .map(source -> {
              var delay = Duration.ofNanos(random.nextLong(source.interval().toNanos()));
              return new Pace(source, delay, counting, clock, failed, skipped);
            })
            .toList();
    paces.forEach(Pace::start);
  }

  public Rounds rounds() {
    return new Rounds(collected.sum(), failed.sum(), skipped.sum(), dropped.sum());
  }

  /// Tells every source to stop and waits a little for it.
  @Override
  public void close() throws InterruptedException {
    paces.forEach(Pace::stop);
    long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    for (var pace : paces) {
      pace.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
  }
}

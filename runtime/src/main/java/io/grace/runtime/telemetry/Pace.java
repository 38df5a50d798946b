package io.grace.runtime.telemetry;

import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One source's rounds at a fixed rate: one thread that keeps the time and one that asks, so that a
/// source that hangs holds up only itself.
final class Pace {
  private static final Logger log = LoggerFactory.getLogger(Pace.class);

  private final TelemetrySource source;
  private final Duration delay;
  private final Consumer<List<Signal>> offer;
  private final InstantSource clock;
  private final LongAdder failed;
  private final LongAdder skipped;
  private final Thread keeper;

  /// The round under way; written by the keeper, read when stopping.
  private final AtomicReference<@Nullable Thread> round = new AtomicReference<>();

  /// Whether the last round failed, so that only a change is logged. Written by one round at a
  /// time.
  private volatile boolean isFailing;

  private volatile boolean isStopping;

  Pace(
      TelemetrySource source,
      Duration delay,
      Consumer<List<Signal>> offer,
      InstantSource clock,
      LongAdder failed,
      LongAdder skipped) {
    this.source = source;
    this.delay = delay;
    this.offer = offer;
    this.clock = clock;
    this.failed = failed;
    this.skipped = skipped;
    this.keeper = Thread.ofVirtual().name("pace " + source.name()).unstarted(this::keepTime);
  }

  void start() {
    keeper.start();
  }

  void stop() {
    isStopping = true;
    keeper.interrupt();
  }

  void join(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean isOver = keeper.join(limit);
    var asking = round.get();
    if (asking != null) {
      isOver &= asking.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
    if (!isOver) {
      log.atWarn().addKeyValue("source", source.name()).log("a source does not stop");
    }
  }

  private void keepTime() {
    long interval = source.interval().toNanos();
    long next = System.nanoTime() + delay.toNanos();
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        long end = next + interval;
        oneRound(end);
        // Rounds that were missed are not made up for.
        long behind = Math.max(0, System.nanoTime() - end);
        next = end + Math.ceilDiv(behind, interval) * interval;
      }
    } catch (InterruptedException _) {
      var asking = round.get();
      if (asking != null) {
        asking.interrupt();
      }
    }
  }

  private void oneRound(long end) throws InterruptedException {
    var last = round.get();
    if (last != null && last.isAlive()) {
      skipped.increment();
      return;
    }
    var asking = Thread.ofVirtual().name("ask " + source.name()).start(this::ask);
    round.set(asking);
    if (!asking.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
      asking.interrupt();
    }
  }

  private void ask() {
    try {
      var signals = source.collect(clock.instant());
      if (isFailing) {
        isFailing = false;
        log.atInfo().addKeyValue("source", source.name()).log("a source works again");
      }
      offer.accept(signals);
    } catch (InterruptedException _) {
      if (!isStopping) {
        failed(new IllegalStateException("no answer within " + source.interval()));
      }
    } catch (Exception e) {
      // The edge of a thread: a source may fail in any way and must not end the others.
      failed(e);
    }
  }

  private void failed(Exception why) {
    failed.increment();
    if (!isFailing) {
      isFailing = true;
      log.atWarn().addKeyValue("source", source.name()).setCause(why).log("a source fails");
    }
  }
}

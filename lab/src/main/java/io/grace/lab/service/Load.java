package io.grace.lab.service;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The lab's users: calls the gateway at a steady rate, whether or not it keeps up, and says in one
/// line how it went: `--dir DIR --rate 20 --seconds 60 --parent PID`. Durations count from when a
/// request was due (Tene, "How NOT to measure latency", 2013), so that a stalled gateway cannot
/// hide.
public final class Load {
  private static final Set<String> OPTIONS = Set.of("dir", "rate", "seconds", "parent");
  private static final Range RATE = new Range(1, 200);
  private static final Range SECONDS = new Range(1, 3600);

  /// Above it requests are dropped and counted: the generator shares the machine with what it
  /// measures.
  private static final int MAX_INFLIGHT = 400;

  /// Longer than two hops, so that the gateway gets to say itself what failed.
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Caller gateway;
  private final Semaphore inflight = new Semaphore(MAX_INFLIGHT);
  private final Tally tally = new Tally();

  private Load(LabDir dir) {
    gateway = new Caller(ServiceName.GATEWAY, dir, TIMEOUT);
  }

  public static void main(String[] args) throws InterruptedException {
    Options options = Options.parse(args, OPTIONS);
    ParentWatch.start(options.number("parent", Range.PID));
    Load load = new Load(new LabDir(options.path("dir")));
    load.run(options.number("rate", RATE), options.number("seconds", SECONDS));
    System.out.println(load.tally.summary());
  }

  private void run(long rate, long seconds) throws InterruptedException {
    long start = System.nanoTime();
    for (long i = 0; i < rate * seconds; i++) {
      long due = start + i * 1_000_000_000L / rate;
      waitUntil(due);
      if (inflight.tryAcquire()) {
        int item = (int) (i % Stock.ITEMS);
        Thread.ofVirtual().start(() -> request(item, due));
      } else {
        tally.dropped();
      }
    }
    waitUntil(start + seconds * 1_000_000_000L);
    // A request that is still out then counts as neither: the summary says so by its sums.
    boolean _ = inflight.tryAcquire(MAX_INFLIGHT, TIMEOUT.toMillis() + 1000, TimeUnit.MILLISECONDS);
  }

  private void request(int item, long due) {
    boolean good = false;
    try {
      good = gateway.work(item).statusCode() == 200;
    } catch (IOException _) {
      // Refused or late: for a user that is a failure like any other.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      tally.done(good, Duration.ofNanos(System.nanoTime() - due));
      inflight.release();
    }
  }

  private static void waitUntil(long due) {
    long left = due - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = due - System.nanoTime();
    }
  }
}

package io.grace.lab.service;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// What a service counts about its own `/work`: answers, durations, requests under way and cache
/// lookups. Thread-safe.
final class Metrics {
  /// Upper bounds in seconds, those of the Prometheus clients.
  private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

  /// How many lookups the hit ratio looks back on.
  private static final int WINDOW = 50;

  private final LongAdder good = new LongAdder();
  private final LongAdder bad = new LongAdder();
  private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
  private final DoubleAdder seconds = new DoubleAdder();
  private final AtomicInteger inflight = new AtomicInteger();
  private final HitWindow lookups = new HitWindow(WINDOW);

  Metrics() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  int enter() {
    return inflight.incrementAndGet();
  }

  void leave() {
    inflight.decrementAndGet();
  }

  void answered(int status, Duration took) {
    (status < 500 ? good : bad).increment();
    double value = took.toNanos() / 1e9;
    seconds.add(value);
    int bucket = 0;
    while (bucket < BOUNDS.length && value > BOUNDS[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
  }

  void lookedUp(boolean hit) {
    lookups.add(hit);
  }

  void writeRequests(Exposition to) {
    to.counter("http_requests", "Answers of /work by class of status code.");
    to.sample("_total", "code=\"2xx\"", good.sum());
    to.sample("_total", "code=\"5xx\"", bad.sum());
    to.family("http_request_duration_seconds", "histogram", "Duration of /work.");
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      count += buckets[i].sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      to.sample("_bucket", "le=\"" + bound + "\"", count);
    }
    to.sample("_sum", "", seconds.sum());
    to.sample("_count", "", count);
    to.family("inflight_requests", "gauge", "Requests of /work under way.");
    to.sample("", "", inflight.get());
  }

  /// The hit ratio is left out before the first lookup: no data is not a healthy cache.
  void writeLookups(Exposition to) {
    HitWindow.Sums sums = lookups.sums();
    to.counter("cache_hits", "Lookups that found an entry.");
    to.sample("_total", "", sums.hits());
    to.counter("cache_misses", "Lookups that found none.");
    to.sample("_total", "", sums.misses());
    if (sums.hits() + sums.misses() > 0) {
      to.family("cache_hit_ratio", "gauge", "Share of hits in the last " + WINDOW + " lookups.");
      to.sample("", "", sums.recentRatio());
    }
  }
}

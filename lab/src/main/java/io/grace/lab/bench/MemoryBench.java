package io.grace.lab.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How much memory a server holds that has nothing to heal.
final class MemoryBench {
  private static final int SERVICES = 5;
  private static final long IDLE_S = 20;
  private static final double LIMIT_MB = 256;

  private MemoryBench() {}

  static void measure(Report report, boolean quick) throws Exception {
    int rounds = quick ? 1 : 3;
    var resident = new java.util.ArrayList<Double>();
    double peak = 0;
    for (int round = 0; round < rounds; round++) {
      try (Scratch scratch = Scratch.create("memory");
          Touched touched = new Touched();
          Served served =
              Served.start(BenchConfig.write(scratch.path(), SERVICES, touched.url(), true))) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(IDLE_S);
        while (System.nanoTime() < end) {
          LockSupport.parkNanos(end - System.nanoTime());
        }
        resident.add(served.megabytes("VmRSS"));
        peak = Math.max(peak, served.megabytes("VmHWM"));
      }
    }
    report.promise(
        Report.median(resident) < LIMIT_MB,
        "resident after %d s, %d services probed and scraped each second:"
            + " n=%d, median %.0f MB, peak %.0f MB, limit %.0f MB",
        IDLE_S,
        SERVICES,
        rounds,
        Report.median(resident),
        peak,
        LIMIT_MB);
  }
}

package io.grace.lab.memory;

import io.grace.lab.bench.Report;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long things took, one after the other; by the clock, and by what the processor spent on this
/// thread, which does not count who else was running. *Owned by one thread.*
final class Times {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<Double> wall = new ArrayList<>();
  private final List<Double> processor = new ArrayList<>();
  private long began;
  private long beganProcessor;

  void start() {
    beganProcessor = THREADS.getCurrentThreadCpuTime();
    began = System.nanoTime();
  }

  /// @param counts false while warming up
  void stop(boolean counts) {
    double wallMs = (System.nanoTime() - began) / 1e6;
    double processorMs = (THREADS.getCurrentThreadCpuTime() - beganProcessor) / 1e6;
    if (counts) {
      wall.add(wallMs);
      processor.add(processorMs);
    }
  }

  double quantile(double q) {
    return Report.quantile(wall, q);
  }

  /// The median of the quantiles of rounds of so many, which one bad moment of the machine does not
  /// move.
  double ofRounds(double q, int each) {
    var rounds = new ArrayList<Double>();
    for (int i = 0; i + each <= wall.size(); i += each) {
      rounds.add(Report.quantile(wall.subList(i, i + each), q));
    }
    return Report.median(rounds);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "n=%,d, p50 %.2f ms, p99 %.2f ms, max %.2f ms (of processor: p50 %.2f, p99 %.2f)",
        wall.size(),
        quantile(0.5),
        quantile(0.99),
        quantile(1),
        Report.quantile(processor, 0.5),
        Report.quantile(processor, 0.99));
  }
}

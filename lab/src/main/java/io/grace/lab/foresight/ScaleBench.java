package io.grace.lab.foresight;

import io.grace.intelligence.online.Form;
import io.grace.intelligence.online.Lead;
import io.grace.intelligence.online.SeriesBank;
import io.grace.lab.bench.Report;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How many series can be forecast online: each point is taken in, judged and answered with a
/// forecast and its interval, two banks beside each other on two threads.
public final class ScaleBench {
  private static final int SERIES = 1_000_000;
  private static final int QUICK_SERIES = 100_000;

  /// A rich series is twelve lean ones.
  private static final int RICH_SHARE = 10;

  private static final int THREADS = 2;

  /// Rows before those that are measured: forecasts come due and experts are judged from then on.
  private static final int WARM = 8;

  private static final int MEASURED = 5;
  private static final double SERIES_A_MINUTE = 1e6;

  /// Processor time per series at full size over that at a quarter: linear but for the caches.
  private static final double MOST_GROWTH = 1.5;

  private static final int STEP = 300;
  private static final long NANOS_A_MINUTE = 60_000_000_000L;

  private ScaleBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    int series = quick ? QUICK_SERIES : SERIES;
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      form(report, threads, "lean", Form.lean(new Lead.Seconds(900)), series);
      form(report, threads, "rich", Form.rich(new Lead.Seconds(900)), series / RICH_SHARE);
    }
    report.note("no forest and no network takes part: the limits are kept without");
  }

  private static void form(
      Report report, ExecutorService threads, String name, Form form, int series) throws Exception {
    // Once for the compiler.
    spent(threads, form, QUICK_SERIES / RICH_SHARE);
    double quarter = spent(threads, form, series / 4).busy();
    double half = spent(threads, form, series / 2).busy();
    Spent all = spent(threads, form, series);
    double full = all.busy();
    double aMinute = NANOS_A_MINUTE / all.wall();
    report.note(
        "%s: %d bytes a series in arrays, %.0f MB for %d series",
        name, new SeriesBank(form).bytesPerSeries(), megabytes(form, series), series);
    report.promise(
        aMinute >= SERIES_A_MINUTE,
        "%s: %.1f million series updated and forecast a minute on %d threads, wanted %.0f million",
        name,
        aMinute / 1e6,
        THREADS,
        SERIES_A_MINUTE / 1e6);
    report.promise(
        full / quarter <= MOST_GROWTH,
        "%s: %.0f ns of a processor a series with %d, %.0f with half, %.0f with a quarter:"
            + " ratio %.2f, limit %.1f",
        name,
        full,
        series,
        half,
        quarter,
        full / quarter,
        MOST_GROWTH);
  }

  private static double megabytes(Form form, int series) {
    return (double) new SeriesBank(form).bytesPerSeries() * series / 1e6;
  }

  /// Nanoseconds for one point of one series, of the fastest of some rows.
  ///
  /// @param wall until all threads were done
  /// @param busy of processors, which other work on the machine leaves alone
  private record Spent(double wall, double busy) {}

  private static Spent spent(ExecutorService threads, Form form, int series) throws Exception {
    var shards = new ArrayList<Shard>();
    for (int i = 0; i < THREADS; i++) {
      shards.add(new Shard(form, series / THREADS, i));
    }
    double wall = Double.MAX_VALUE;
    double busy = Double.MAX_VALUE;
    for (int row = 0; row < WARM + MEASURED; row++) {
      long begun = System.nanoTime();
      List<Future<Long>> all = threads.invokeAll(shards);
      long nanos = 0;
      for (Future<Long> one : all) {
        nanos += one.get();
      }
      if (row >= WARM) {
        wall = Math.min(wall, (double) (System.nanoTime() - begun) / series);
        busy = Math.min(busy, (double) nanos / series);
      }
    }
    return new Spent(wall, busy);
  }

  /// The series of one thread; each call is the next row of all of them and tells the processor
  /// time that it took. *Owned by one thread at a time.*
  private static final class Shard implements Callable<Long> {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final SeriesBank bank;
    private final int[] slots;
    private final SplittableRandom random;
    private long second;

    Shard(Form form, int series, long seed) {
      bank = new SeriesBank(form);
      slots = new int[series];
      for (int i = 0; i < series; i++) {
        slots[i] = bank.open();
      }
      random = new SplittableRandom(seed);
    }

    @Override
    public Long call() {
      long begun = CLOCK.getCurrentThreadCpuTime();
      second += STEP;
      double sum = 0;
      for (int slot : slots) {
        bank.update(slot, second, slot % 100 + random.nextDouble());
        sum += bank.low(slot) + bank.forecast(slot) + bank.high(slot);
      }
      if (Double.isNaN(sum)) {
        throw new IllegalStateException("a forecast is no number");
      }
      return CLOCK.getCurrentThreadCpuTime() - begun;
    }
  }
}

package io.grace.domains.knowledge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at every source again and again, each on a thread of its own, so that one that hangs holds
/// up no other. *Thread-safe.*
final class Pipeline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  /// How often it is seen what is due; far below any interval.
  private static final Duration TICK = Duration.ofMillis(100);

  /// A thread that does not end when it is told to is left behind, and its source gets another.
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  private final Settings settings;
  private final Path mirrors;
  private final Intake intake;
  private final InstantSource clock;
  private final List<Line> lines;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final Runnable chores;
  private final Thread ticker;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// @param chores done at every tick; quick, or rare
  Pipeline(Settings settings, Path mirrors, Intake intake, InstantSource clock, Runnable chores)
      throws IOException {
    this.settings = settings;
    this.mirrors = mirrors;
    this.intake = intake;
    this.clock = clock;
    this.chores = chores;
    Files.createDirectories(mirrors);
    Instant now = clock.instant();
    this.lines = settings.sources().stream().map(spec -> new Line(spec, now)).toList();
    this.ticker = Thread.ofVirtual().name("knowledge").unstarted(this::tick);
  }

  void start() {
    ticker.start();
  }

  private void tick() {
    try {
      do {
        Instant now = clock.instant();
        for (Line line : lines) {
          if (line.isOver(now, settings.roundLimit())) {
            line.callOff("took longer than " + settings.roundLimit());
          }
          if (line.isDue(now)) {
            begin(line);
          }
        }
        chores.run();
      } while (!closed.await(TICK.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("knowledge is read no more until GRACE is restarted");
    }
  }

  private void begin(Line line) {
    var guard = new Guard(clock);
    Thread worker =
        Thread.ofVirtual()
            .name("knowledge " + line.spec().name())
            .unstarted(() -> run(line, guard));
    if (line.begin(guard, worker, clock.instant())) {
      worker.start();
    }
  }

  private void run(Line line, Guard guard) {
    String problem = "";
    try (Origin origin = guard.io(() -> open(line.spec()))) {
      Intake.Round round = intake.take(line.spec(), origin, guard);
      LOG.atDebug()
          .addKeyValue("source", line.spec().name())
          .addKeyValue("files", round.files())
          .addKeyValue("read", round.read())
          .log("a source was looked at");
    } catch (InterruptedException e) {
      problem = "called off";
    } catch (IOException e) {
      problem = problem(guard, e);
      LOG.atWarn()
          .addKeyValue("source", line.spec().name())
          .addKeyValue("reason", problem)
          .log("a source could not be read; it is tried again");
    } catch (RuntimeException e) {
      problem = problem(guard, e);
      LOG.atError()
          .setCause(e)
          .addKeyValue("source", line.spec().name())
          .log("a source could not be read");
    } finally {
      line.end(guard, problem, clock.instant(), settings.refresh());
    }
  }

  private Origin open(SourceSpec spec) throws IOException {
    return switch (spec.kind()) {
      case FOLDER -> new FolderOrigin(Path.of(spec.location()));
      case GIT -> new GitOrigin(spec, mirror(spec), settings.roundLimit());
    };
  }

  private Path mirror(SourceSpec spec) {
    return mirrors.resolve(spec.name());
  }

  /// The longest that any source has made no progress though it should have.
  Duration stalled(Instant now) {
    return lines.stream()
        .map(line -> line.stalled(now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /// What is wrong with which source.
  List<String> problems(Instant now) {
    return lines.stream()
        .filter(line -> line.stalled(now).isPositive())
        .map(line -> line.spec().name() + ": " + line.problem())
        .toList();
  }

  /// Calls off what hangs, throws away what a dead process may have left of a mirror that cannot be
  /// read, and looks at every source now.
  ///
  /// @return what is still wrong; empty if every source was read
  List<String> refresh(Duration limit) throws InterruptedException {
    refreshing.lockInterruptibly();
    try {
      Instant began = clock.instant();
      List<Line> ill = lines.stream().filter(line -> line.stalled(began).isPositive()).toList();
      lines.forEach(line -> line.callOff("called off to begin anew"));
      awaitAll(ENDS_WITHIN);
      for (Line line : lines) {
        if (ill.contains(line) && line.spec().kind() == SourceSpec.Kind.GIT) {
          forget(line);
        }
        line.dueNow(clock.instant());
        begin(line);
      }
      awaitAll(limit);
      return lines.stream()
          .filter(line -> !line.hasSucceededSince(began))
          .map(line -> line.spec().name() + ": " + line.problem())
          .toList();
    } finally {
      refreshing.unlock();
    }
  }

  private void awaitAll(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (Line line : lines) {
      line.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  private static String problem(Guard guard, Exception e) {
    return guard.isCalledOff() ? "called off" : String.valueOf(e.getMessage());
  }

  private void forget(Line line) {
    try {
      GitOrigin.forget(mirror(line.spec()));
    } catch (IOException e) {
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("source", line.spec().name())
          .log("the mirror could not be removed");
    }
  }

  @Override
  public void close() {
    closed.countDown();
    ticker.interrupt();
    lines.forEach(line -> line.callOff("GRACE ends"));
    try {
      awaitAll(ENDS_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

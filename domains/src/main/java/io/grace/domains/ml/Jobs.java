package io.grace.domains.ml;

import io.grace.domains.series.Recorded;
import io.grace.intelligence.neural.LstmForecaster;
import io.grace.intelligence.neural.Series;
import io.grace.intelligence.neural.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Training jobs on a few threads. Each lays down a checkpoint every so many epochs; one that was
/// interrupted, by a crash or the end of a life, is stalled until it is told to go on.
/// *Thread-safe.*
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  /// A playbook trains one model at a time; more waiting jobs than these are a flood.
  static final int WAITING_MAX = 16;

  /// Ended jobs that people may still look at; some hundred kilobytes each.
  private static final int KEPT_MAX = 50;

  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /// What becomes of a network that was trained.
  interface Finish {
    /// Does it.
    ///
    /// @return one sentence for people
    String finish(Job job, LstmForecaster trained, Recorded data) throws IOException, Refused;
  }

  /// How a job does.
  public enum State {
    WAITING,
    RUNNING,
    STALLED,
    DONE,
    FAILED
  }

  /// How one job does.
  ///
  /// @param epochs done
  /// @param detail one sentence for people
  public record Status(String id, String model, State state, int epochs, String detail) {
    boolean isOpen() {
      return state == State.WAITING || state == State.RUNNING;
    }

    boolean isOver() {
      return state == State.DONE || state == State.FAILED;
    }
  }

  private final JobDirectories directories;
  private final int every;
  private final Finish finish;
  private final ThreadPoolExecutor threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Guarded by the lock.
  private final Map<String, Status> all = new TreeMap<>();

  /// @param threads how many train at the same time
  /// @param every epochs between two checkpoints
  /// @throws IOException if what is there cannot be read
  Jobs(Path directory, int threads, int every, Finish finish) throws IOException {
    this.directories = new JobDirectories(directory);
    this.every = every;
    this.finish = finish;
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("training-", 0).factory());
    for (Job job : directories.jobs()) {
      put(job, atStart(job.state()), 0, job.detail());
    }
  }

  private static State atStart(Job.State found) {
    return switch (found) {
      case OPEN -> State.STALLED;
      case DONE -> State.DONE;
      case FAILED -> State.FAILED;
    };
  }

  /// Begins a job; one of the same name that is there already is left as it is.
  ///
  /// @param data what is learnt from, the judged tail included
  /// @throws RejectedExecutionException if too many wait
  public Status submit(Job job, Recorded data) throws IOException {
    Path own = directories.of(job.id());
    Optional<Status> there = status(job.id());
    if (there.isPresent()) {
      return there.get();
    }
    forgetOld();
    Files.createDirectories(own);
    Job.writeData(own, data);
    job.write(own);
    return start(job);
  }

  private Status start(Job job) {
    Status status = put(job, State.WAITING, 0, "waits for a thread");
    try {
      threads.execute(() -> run(job));
      return status;
    } catch (RejectedExecutionException e) {
      put(job, State.STALLED, 0, "no room among " + WAITING_MAX + " that wait");
      throw e;
    }
  }

  private void run(Job job) {
    Path own = directories.of(job.id());
    var checkpoints = new Checkpoints(own);
    try {
      Recorded data = Job.readData(own);
      double[] learnt = Arrays.copyOf(data.values(), data.values().length - job.spec().judged());
      var series = List.of(Series.of(learnt));
      Optional<byte[]> laidDown = checkpoints.newestWhole();
      Training training =
          laidDown.isPresent()
              ? Training.resume(laidDown.get(), series)
              : Training.start(job.spec().plan(job.seed()), series);
      int from = training.epochs();
      while (!training.isDone()) {
        put(job, State.RUNNING, training.epochs(), "trains since epoch " + from);
        training.epoch();
        if (training.epochs() % every == 0 || training.isDone()) {
          checkpoints.write(training.epochs(), training.checkpoint());
        }
        if (Thread.currentThread().isInterrupted()) {
          put(job, State.STALLED, training.epochs(), "was interrupted");
          return;
        }
      }
      end(job, Job.State.DONE, training.epochs(), finish.finish(job, training.best(), data));
    } catch (IOException | Refused | IllegalArgumentException e) {
      failed(job, e);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("job", job.id()).setCause(e).log("a training failed");
      failed(job, e);
    }
  }

  private void failed(Job job, Exception e) {
    try {
      end(job, Job.State.FAILED, 0, "failed: " + e.getMessage());
    } catch (IOException again) {
      // The next life finds it open, and so stalled.
      put(job, State.FAILED, 0, "failed, and could not be closed: " + again.getMessage());
    }
  }

  private void end(Job job, Job.State how, int epochs, String detail) throws IOException {
    job.ended(how, detail).write(directories.of(job.id()));
    put(job, how == Job.State.DONE ? State.DONE : State.FAILED, epochs, detail);
  }

  private Status put(Job job, State state, int epochs, String detail) {
    var status = new Status(job.id(), job.spec().name(), state, epochs, detail);
    lock.lock();
    try {
      all.put(job.id(), status);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return status;
  }

  private void forgetOld() throws IOException {
    List<String> over = all().stream().filter(Status::isOver).map(Status::id).toList();
    List<String> forgotten = directories.forget(over, KEPT_MAX);
    lock.lock();
    try {
      forgotten.forEach(all::remove);
    } finally {
      lock.unlock();
    }
  }

  // ---- questions

  public List<Status> all() {
    lock.lock();
    try {
      return List.copyOf(all.values());
    } finally {
      lock.unlock();
    }
  }

  public Optional<Status> status(String id) {
    return all().stream().filter(s -> s.id().equals(id)).findFirst();
  }

  /// Waits until the job is over.
  ///
  /// @return how it does when it is over or the time is
  Optional<Status> await(String id, Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (left > 0 && all.containsKey(id) && !all.get(id).isOver()) {
        left = changed.awaitNanos(left);
      }
      return Optional.ofNullable(all.get(id));
    } finally {
      lock.unlock();
    }
  }

  long open() {
    return all().stream().filter(Status::isOpen).count();
  }

  List<Status> stalled() {
    return all().stream().filter(s -> s.state() == State.STALLED).toList();
  }

  /// Torn checkpoints of jobs that are stalled.
  long torn() throws IOException {
    long torn = 0;
    for (Status job : stalled()) {
      torn += new Checkpoints(directories.of(job.id())).torn().size();
    }
    return torn;
  }

  /// Puts torn checkpoints of stalled jobs aside and lets the jobs go on from the newest whole one.
  ///
  /// @return what was done, a sentence each
  List<String> recover() throws IOException {
    var done = new ArrayList<String>();
    for (Status stalled : stalled()) {
      Path own = directories.of(stalled.id());
      List<String> dropped = new Checkpoints(own).dropTorn();
      start(Job.read(own));
      done.add(
          stalled.id()
              + " goes on"
              + (dropped.isEmpty() ? "" : " without " + String.join(", ", dropped)));
    }
    return done;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().log("a training did not stop in time; it goes on from its last checkpoint");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

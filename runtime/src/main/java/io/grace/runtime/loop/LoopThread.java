package io.grace.runtime.loop;

import io.grace.core.loop.Command;
import io.grace.core.loop.MemoryCommand;
import io.grace.core.model.Report;
import io.grace.core.spi.Journal;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the loop on its own thread and takes in what the other threads hand over. *Thread-safe.*
public final class LoopThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

  /// Batches that may wait. A full inbox refuses telemetry and people, never results.
  private static final int INBOX = 10_000;

  /// Taken in at most per cycle, so that one commit stays short.
  private static final int BATCH = 1_000;

  /// Limits of states are looked at this often when nothing comes in.
  private static final Duration IDLE = Duration.ofMillis(100);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final BlockingQueue<Input> inbox = new ArrayBlockingQueue<>(INBOX);
  private final BlockingQueue<Input> results = new LinkedBlockingQueue<>();
  private final AtomicLong refused = new AtomicLong();
  private final Consumer<Snapshot> afterCycle;
  private volatile Status status =
      new Status(State.STARTING, "not started", Instant.EPOCH, 0, Duration.ZERO);
  private volatile boolean stopping;
  private volatile Optional<Thread> thread = Optional.empty();

  /// How the loop does.
  public enum State {
    STARTING,
    RUNNING,
    /// The journal does not take events; the loop keeps trying.
    JOURNAL_UNAVAILABLE,
    /// It stopped for good; GRACE must be restarted.
    STOPPED
  }

  /// @param detail one sentence for people
  /// @param lastCycle when a cycle was last completed
  /// @param cycles completed so far
  /// @param worstLate by how much a cycle ended later than it should have, at worst in this life
  public record Status(
      State state, String detail, Instant lastCycle, long cycles, Duration worstLate) {}

  /// @param afterCycle told of the state after every cycle, on the loop's thread; must be quick
  public LoopThread(InstantSource clock, Consumer<Snapshot> afterCycle) {
    this.clock = clock;
    this.afterCycle = afterCycle;
  }

  /// Starts the loop. May be called once.
  public void start(ControlLoop loop) {
    Thread t = Thread.ofPlatform().name("grace-loop").unstarted(() -> run(loop));
    thread = Optional.of(t);
    t.start();
  }

  public Status status() {
    return status;
  }

  /// Signals refused because the inbox was full.
  public long refused() {
    return refused.get();
  }

  /// Hands over telemetry or a command; false if the inbox is full or the loop has stopped.
  public boolean offer(Input input) {
    boolean taken =
        status.state() != State.STOPPED
            && (input instanceof Input.Result ? results.offer(input) : inbox.offer(input));
    if (!taken) {
      refused.incrementAndGet();
    } else if (input instanceof Input.Result) {
      inbox.offer(new Input.Signals(List.of())); // Wakes the loop; a full inbox is awake already.
    }
    return taken;
  }

  /// Hands over reports and waits until what is news of them is durable.
  ///
  /// @return empty if the loop did not answer in time
  public Optional<Reply.Receipt> report(List<Report> reports, Duration limit)
      throws InterruptedException {
    var reply = new Reply<Reply.Receipt>();
    if (!offer(new Input.Reports(reports, Optional.of(reply)))) {
      return Optional.of(
          new Reply.Receipt.NotRecorded("GRACE is overloaded or stopped: " + status.detail()));
    }
    return reply.await(limit);
  }

  /// Asks the loop and waits for its answer.
  ///
  /// @return empty if the loop did not answer in time
  public Optional<Reply.Answer> ask(Command command, Duration limit) throws InterruptedException {
    var reply = new Reply<Reply.Answer>();
    if (!offer(new Input.Asked(command, reply))) {
      return Optional.of(
          new Reply.Answer.NotRecorded("GRACE is overloaded or stopped: " + status.detail()));
    }
    return reply.await(limit);
  }

  /// Has the loop judge and record what the memory broker is about to do.
  ///
  /// @return empty if the loop did not answer in time: whether it is recorded is not known
  public Optional<Reply.Recorded> ask(MemoryCommand command, Duration limit)
      throws InterruptedException {
    var reply = new Reply<Reply.Recorded>();
    if (!offer(new Input.Memory(command, reply))) {
      return Optional.of(
          new Reply.Recorded.NotRecorded("GRACE is overloaded or stopped: " + status.detail()));
    }
    return reply.await(limit);
  }

  private void run(ControlLoop loop) {
    long cycles = 0;
    long worstLate = 0;
    long ended = System.nanoTime();
    try {
      while (!stopping) {
        List<Input> batch = next();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try {
          loop.cycle(batch, now);
          cycles++;
          worstLate = Math.max(worstLate, late(ended));
          ended = System.nanoTime();
          status = new Status(State.RUNNING, "running", now, cycles, Duration.ofNanos(worstLate));
        } catch (Journal.Unavailable e) {
          if (e.isFinal()) {
            stopped("the journal refuses this process: " + e.getMessage());
            return;
          }
          if (status.state() != State.JOURNAL_UNAVAILABLE) {
            LOG.atError()
                .addKeyValue("reason", e.getMessage())
                .log("journal unavailable; nothing is done until it is back");
          }
          status =
              new Status(
                  State.JOURNAL_UNAVAILABLE,
                  String.valueOf(e.getMessage()),
                  status.lastCycle(),
                  cycles,
                  status.worstLate());
          TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
        }
        afterCycle.accept(loop.snapshot());
      }
      stopped("stopped in order");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped("stopped in order");
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("the loop stopped on a bug; nothing will be done any more");
      stopped("a bug stopped the loop: " + e.getMessage());
    }
  }

  /// Cycles follow each other within the idle time; what is beyond is lateness.
  private static long late(long ended) {
    return Math.max(0, System.nanoTime() - ended - IDLE.toNanos());
  }

  private void stopped(String why) {
    status =
        new Status(State.STOPPED, why, status.lastCycle(), status.cycles(), status.worstLate());
  }

  private List<Input> next() throws InterruptedException {
    var batch = new ArrayList<Input>();
    Input first = inbox.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    results.drainTo(batch);
    if (first != null) {
      batch.add(first);
      inbox.drainTo(batch, BATCH);
    }
    return batch;
  }

  @Override
  public void close() throws InterruptedException {
    stopping = true;
    if (thread.isPresent()) {
      thread.get().join(STOP_LIMIT);
    }
  }
}

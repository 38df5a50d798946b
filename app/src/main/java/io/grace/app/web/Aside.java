package io.grace.app.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something that takes a while to work out, and is worked out aside: once for all who ask, and not
/// again while it is fresh. *Thread-safe.*
public final class Aside<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Aside.class);

  /// Whoever asks waits for so long, then is told that it is being worked out.
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final Callable<T> work;
  private final Duration fresh;
  private final Duration patience;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private @Nullable FutureTask<T> running;
  private Instant since = Instant.MIN;
  private @Nullable Done<T> done;
  private Optional<Failed<T>> failed = Optional.empty();

  /// @param name for the log
  /// @param work never runs twice at once
  Aside(String name, Callable<T> work, Duration fresh, Duration patience, InstantSource clock) {
    this.name = name;
    this.work = work;
    this.fresh = fresh;
    this.patience = patience;
    this.clock = clock;
  }

  /// What there is to see.
  public sealed interface Look<T> {}

  /// @param at when it was worked out
  public record Done<T>(T value, Instant at) implements Look<T> {}

  public record Working<T>(Instant since) implements Look<T> {}

  public record Failed<T>(String why, Instant at) implements Look<T> {}

  /// What is known; an older value rather than none, if a new one takes long.
  public Look<T> look() throws InterruptedException {
    FutureTask<T> task = task();
    if (task != null) {
      await(task);
    }
    lock.lock();
    try {
      if (failed.isPresent()) {
        return failed.get();
      }
      return done != null ? done : new Working<>(since);
    } finally {
      lock.unlock();
    }
  }

  /// Works it out anew at the next look, however fresh it is.
  public void renew() {
    lock.lock();
    try {
      done = null;
      failed = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// What runs, started if it has to be; null if there is no need.
  private @Nullable FutureTask<T> task() {
    lock.lock();
    try {
      Instant last = failed.map(Failed::at).orElse(done == null ? Instant.MIN : done.at());
      boolean isFresh = last.isAfter(Instant.MIN) && clock.instant().isBefore(last.plus(fresh));
      if (running == null && !isFresh) {
        var task = new FutureTask<T>(this::worked);
        running = task;
        since = clock.instant();
        Thread.ofVirtual().name(name).start(task);
      }
      return running;
    } finally {
      lock.unlock();
    }
  }

  private void await(FutureTask<T> task) throws InterruptedException {
    try {
      task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // It goes on; whoever asked is told so.
    } catch (ExecutionException _) {
      // Recorded where it happened.
    }
  }

  private T worked() throws Exception {
    try {
      T value = work.call();
      end(new Done<>(value, clock.instant()), Optional.empty());
      return value;
    } catch (Exception e) {
      LOG.atWarn().addKeyValue("what", name).setCause(e).log("could not be worked out");
      end(null, Optional.of(new Failed<>(String.valueOf(e.getMessage()), clock.instant())));
      throw e;
    }
  }

  private void end(@Nullable Done<T> value, Optional<Failed<T>> failure) {
    lock.lock();
    try {
      running = null;
      failed = failure;
      done = value == null ? done : value;
    } finally {
      lock.unlock();
    }
  }
}

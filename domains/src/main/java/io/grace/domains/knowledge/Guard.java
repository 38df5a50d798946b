package io.grace.domains.knowledge;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets one look at a source be called off while it waits for the source, and only then: an
/// interrupt elsewhere would close files that are being written. *Thread-safe.*
final class Guard {
  /// A call to a source.
  interface Call<T> {
    T of() throws IOException;
  }

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /// Whoever waits for the source now; guarded by the lock, as below.
  private @Nullable Thread waiting;

  private boolean isCalledOff;
  private volatile Instant progress;

  Guard(InstantSource clock) {
    this.clock = clock;
    this.progress = clock.instant();
  }

  <T> T io(Call<T> call) throws IOException, InterruptedException {
    lock.lock();
    try {
      refuseIfCalledOff();
      waiting = Thread.currentThread();
    } finally {
      lock.unlock();
    }
    try {
      return call.of();
    } finally {
      lock.lock();
      waiting = null;
      boolean _ = Thread.interrupted();
      lock.unlock();
    }
  }

  /// Something came of it.
  void progress() throws InterruptedException {
    progress = clock.instant();
    lock.lock();
    try {
      refuseIfCalledOff();
    } finally {
      lock.unlock();
    }
  }

  private void refuseIfCalledOff() throws InterruptedException {
    if (isCalledOff) {
      throw new InterruptedException("called off");
    }
  }

  Instant lastProgress() {
    return progress;
  }

  void callOff() {
    lock.lock();
    try {
      isCalledOff = true;
      if (waiting != null) {
        waiting.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isCalledOff() {
    lock.lock();
    try {
      return isCalledOff;
    } finally {
      lock.unlock();
    }
  }
}

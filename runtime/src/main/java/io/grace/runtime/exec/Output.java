package io.grace.runtime.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// Takes in what a program prints: keeps the beginning and throws away the rest, so that the
/// program is never held up by a full pipe. *Thread-safe.*
final class Output {
  private static final int BYTES_MAX = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Thread reader;

  Output(InputStream printed) {
    this.reader = Thread.ofVirtual().name("program output").start(() -> read(printed));
  }

  /// What was printed by now, or up to the end if that comes within the limit.
  String text(Duration limit) throws InterruptedException {
    var _ = reader.join(limit);
    lock.lock();
    try {
      return kept.toString(StandardCharsets.UTF_8);
    } finally {
      lock.unlock();
    }
  }

  private void read(InputStream printed) {
    var chunk = new byte[8192];
    try (printed) {
      for (int count = printed.read(chunk); count >= 0; count = printed.read(chunk)) {
        keep(chunk, count);
      }
    } catch (IOException _) {
      // Closed because the program was ended; what was kept is all there is.
    }
  }

  private void keep(byte[] chunk, int count) {
    lock.lock();
    try {
      kept.write(chunk, 0, Math.min(count, BYTES_MAX - kept.size()));
    } finally {
      lock.unlock();
    }
  }
}

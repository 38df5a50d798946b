package io.grace.lab.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/// What an instance says: a file of at most 1 MiB and its predecessor. Not the standard output,
/// since a pipe that nobody reads would stop the service. Thread-safe.
final class ServiceLog {
  private static final long MAX_BYTES = 1024 * 1024;

  private final Path path;
  private final LogLevel level;
  private final ReentrantLock lock = new ReentrantLock();

  ServiceLog(Path path, LogLevel level) {
    this.path = path;
    this.level = level;
  }

  void say(LogLevel.Level at, String message, Instant now) {
    if (at.compareTo(level.at(now).level()) < 0) {
      return;
    }
    lock.lock();
    try {
      if (size() > MAX_BYTES) {
        Files.move(
            path,
            path.resolveSibling(path.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(
          path,
          now + " " + at + " " + message.replace('\n', ' ') + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    } finally {
      lock.unlock();
    }
  }

  private long size() throws IOException {
    try {
      return Files.size(path);
    } catch (NoSuchFileException _) {
      return 0;
    }
  }
}

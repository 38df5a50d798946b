package io.grace.lab.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// A small file that every instance of a service takes its state from: a cure applied through one
/// instance reaches the others within 200 ms, and a restart changes nothing. Thread-safe.
final class SharedFile<T> {
  private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();

  /// Ten times what the largest of these files, the cache's entries, needs.
  private static final long MAX_BYTES = 16 * 1024;

  private final Path path;
  private final Function<Optional<String>, T> parse;
  private final ReentrantLock lock = new ReentrantLock();

  /// Replaced under the lock; read without it, since a state 200 ms old is good enough.
  private volatile Seen<T> seen;

  /// @param parse gets the content, or nothing when there is no file
  SharedFile(Path path, Function<Optional<String>, T> parse) {
    this.path = path;
    this.parse = parse;
    this.seen = look();
  }

  T value() {
    Seen<T> now = seen;
    return System.nanoTime() - now.atNanos < FRESH_NANOS ? now.value : refresh();
  }

  void write(String content) throws IOException {
    lock.lock();
    try {
      LabDir.write(path, content);
      seen = look();
    } finally {
      lock.unlock();
    }
  }

  void delete() throws IOException {
    lock.lock();
    try {
      Files.deleteIfExists(path);
      seen = look();
    } finally {
      lock.unlock();
    }
  }

  private T refresh() {
    lock.lock();
    try {
      seen = look();
      return seen.value;
    } finally {
      lock.unlock();
    }
  }

  private Seen<T> look() {
    return new Seen<>(parse.apply(read()), System.nanoTime());
  }

  private Optional<String> read() {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new IllegalStateException(path + " must be at most " + MAX_BYTES + " bytes");
      }
      return Optional.of(Files.readString(path));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private record Seen<T>(T value, long atNanos) {}
}

package io.grace.lab.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// What was really done to the lab: a line for every applied effect and every process start, on
/// disk before the caller hears of it. It is also the memory of idempotency keys, shared by all
/// instances of a service, so that a key works once whichever instance gets it and however often
/// one restarts. Thread-safe, across processes too.
///
/// A line is `epoch-micros TAB instance TAB effect TAB key`, with `-` for no key.
final class EffectsLog {
  static final String START = "start";
  static final String NO_KEY = "-";

  /// More than any run of the lab sends; the oldest are forgotten first.
  static final int MAX_KEYS = 10_000;

  /// Holds more than [#MAX_KEYS] of the longest lines.
  private static final long MAX_TAIL_BYTES = 4L * 1024 * 1024;

  private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

  enum Outcome {
    APPLIED,
    REPEATED,
    /// The key was used for another effect, so one of the two callers is wrong.
    CLASHED
  }

  interface Change {
    void apply() throws IOException;
  }

  private final ServiceInstance self;
  private final FileChannel lines;

  /// A file of its own: closing any channel of a locked file would drop the lock.
  private final FileChannel lockFile;

  private final Path path;
  private final ReentrantLock mine = new ReentrantLock();

  /// Key to effect, for this service; guarded by `mine`.
  private final Map<String, String> known = new LinkedHashMap<>();

  /// How far the log has been read; guarded by `mine`.
  private long readTo;

  EffectsLog(LabDir dir, ServiceInstance self) throws IOException {
    this.self = self;
    this.path = dir.effects();
    this.lines = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    this.lockFile =
        FileChannel.open(dir.effectsLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    this.readTo = Math.max(0, lines.size() - MAX_TAIL_BYTES);
  }

  void started(Optional<String> key, Instant now) throws IOException, InterruptedException {
    locked(() -> {
      append(START, key, now);
      return Outcome.APPLIED;
    });
  }

  /// Applies the change and records it, unless its key is known. A process that dies between the
  /// two leaves no line, and the retry applies it again: every change here is one that may be
  /// applied twice.
  Outcome once(String effect, Optional<String> key, Instant now, Change change)
      throws IOException, InterruptedException {
    return locked(() -> {
      if (key.isPresent()) {
        String before = known.get(key.get());
        if (before != null) {
          return before.equals(effect) ? Outcome.REPEATED : Outcome.CLASHED;
        }
      }
      change.apply();
      append(effect, key, now);
      return Outcome.APPLIED;
    });
  }

  private interface Step {
    Outcome run() throws IOException;
  }

  private Outcome locked(Step step) throws IOException, InterruptedException {
    if (!mine.tryLock(LOCK_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("effects log is busy in this process for over " + LOCK_WAIT);
    }
    try (FileLock _ = fileLock()) {
      catchUp();
      return step.run();
    } finally {
      mine.unlock();
    }
  }

  private FileLock fileLock() throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + LOCK_WAIT.toNanos();
    while (true) {
      FileLock lock = lockFile.tryLock();
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - giveUp > 0) {
        throw new IOException("effects log is held by another process for over " + LOCK_WAIT);
      }
      Thread.sleep(5);
    }
  }

  private void append(String effect, Optional<String> key, Instant now) throws IOException {
    String line =
        ChronoUnit.MICROS.between(Instant.EPOCH, now)
            + "\t"
            + self.id()
            + "\t"
            + effect
            + "\t"
            + key.orElse(NO_KEY)
            + "\n";
    // A writer that was killed may have left half a line; a line of our own must not continue it.
    String safe = readTo == lines.size() ? line : "\n" + line;
    ByteBuffer bytes = ByteBuffer.wrap(safe.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      lines.write(bytes);
    }
    lines.force(true);
  }

  private void catchUp() throws IOException {
    try (FileChannel reader = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, reader.size() - readTo));
      while (bytes.hasRemaining() && reader.read(bytes, readTo + bytes.position()) >= 0) {
        // Reads on until the news is complete.
      }
      String news = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      int end = news.lastIndexOf('\n') + 1;
      news.substring(0, end).lines().forEach(this::learn);
      readTo += news.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }
  }

  private void learn(String line) {
    String[] part = line.split("\t", -1);
    boolean ours = part.length == 4 && part[1].startsWith(self.service().id() + "-");
    if (!ours || part[2].equals(START) || part[3].equals(NO_KEY)) {
      return;
    }
    known.putIfAbsent(part[3], part[2]);
    if (known.size() > MAX_KEYS) {
      known.remove(known.keySet().iterator().next());
    }
  }
}

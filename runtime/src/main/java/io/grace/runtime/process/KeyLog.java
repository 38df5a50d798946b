package io.grace.runtime.process;

import io.grace.core.spi.ActionProvider.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers on disk which idempotency keys were begun and how they ended, so that nothing is done
/// twice, not even after `kill -9`. *Thread-safe*; providers may share one.
///
/// A key is written and forced before its deed begins. A key that was begun and never ended is
/// unknown for ever.
public final class KeyLog {
  /// A key is asked for again within minutes, if ever; this many actions take months.
  private static final int KEYS_MAX = 10_000;

  private static final int KEYS_AFTER_COMPACTION = KEYS_MAX / 2;
  private static final int KEY_LENGTH_MAX = 512;

  private static final Logger log = LoggerFactory.getLogger(KeyLog.class);

  /// What is done at most once.
  @FunctionalInterface
  public interface Deed {
    Result perform() throws InterruptedException;
  }

  private enum State {
    BEGUN,
    DONE,
    FAILED,
    FAILED_PASSING,
    UNKNOWN
  }

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();

  /// Oldest first; guarded by the lock.
  private final Map<String, State> states = new LinkedHashMap<>();

  /// The length of the file that `states` was read from; another GRACE may have written since.
  private long knownLength;

  private KeyLog(Path file) {
    this.file = file;
  }

  /// Opens the log and makes it if there is none.
  ///
  /// @throws IllegalStateException if the file is not a key log
  public static KeyLog open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var keys = new KeyLog(file.toAbsolutePath());
    keys.load();
    return keys;
  }

  /// Performs the deed unless this key was begun before.
  ///
  /// @param key 1–512 printable characters
  public Result once(String key, Deed deed) throws InterruptedException {
    requireKey(key);
    lock.lockInterruptibly();
    try {
      refresh();
      var earlier = states.get(key);
      if (earlier != null) {
        return repeated(earlier);
      }
      append(key, State.BEGUN);
    } catch (IOException e) {
      return new Result.Failed("the key log " + file + " cannot be written: " + e, true);
    } finally {
      lock.unlock();
    }
    // An exception leaves the key begun: what happened is then unknown, also for a repeat.
    var result = deed.perform();
    finish(key, stateOf(result));
    return result;
  }

  private static Result repeated(State earlier) {
    return switch (earlier) {
      case DONE -> new Result.Done("already done under this key");
      case FAILED -> new Result.Failed("already failed under this key", false);
      case FAILED_PASSING -> new Result.Failed("already failed under this key", true);
      case BEGUN -> new Result.Unknown("begun under this key, and its end was never recorded");
      case UNKNOWN -> new Result.Unknown("already attempted under this key, outcome unknown");
    };
  }

  private static State stateOf(Result result) {
    return switch (result) {
      case Result.Done _ -> State.DONE;
      case Result.Failed(_, boolean passing) -> passing ? State.FAILED_PASSING : State.FAILED;
      case Result.Unknown _ -> State.UNKNOWN;
    };
  }

  private void finish(String key, State state) {
    lock.lock();
    try {
      append(key, state);
    } catch (IOException e) {
      // The result stands; a repeat after a restart will be answered with unknown.
      log.atWarn().addKeyValue("file", file).setCause(e).log("the end of a key was not recorded");
    } finally {
      lock.unlock();
    }
  }

  private void append(String key, State state) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      // A line cut by a crash is overwritten: its deed had not begun.
      channel.truncate(knownLength);
      write(channel, knownLength, line(key, state));
      channel.force(true);
      knownLength = channel.size();
    }
    states.put(key, state);
    if (states.size() > KEYS_MAX) {
      compact();
    }
  }

  private void compact() throws IOException {
    var oldest = states.entrySet().iterator();
    while (states.size() > KEYS_AFTER_COMPACTION && oldest.hasNext()) {
      // A key under way is needed for its end.
      if (oldest.next().getValue() != State.BEGUN) {
        oldest.remove();
      }
    }
    var text = new StringBuilder();
    states.forEach((key, state) -> text.append(line(key, state)));
    var next = file.resolveSibling(file.getFileName() + ".next");
    try (var channel =
        FileChannel.open(
            next,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      write(channel, 0, text.toString());
      channel.force(true);
      knownLength = channel.size();
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void refresh() throws IOException {
    if (!Files.exists(file)) {
      // Taken away under us: what is remembered must be on disk before anything is begun.
      compact();
    } else if (Files.size(file) != knownLength) {
      load();
    }
  }

  private void load() throws IOException {
    states.clear();
    knownLength = 0;
    if (!Files.exists(file)) {
      return;
    }
    byte[] bytes = Files.readAllBytes(file);
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        read(new String(bytes, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    knownLength = start;
  }

  private void read(String line) {
    int tab = line.indexOf('\t');
    try {
      states.put(line.substring(tab + 1), State.valueOf(line.substring(0, Math.max(0, tab))));
    } catch (IllegalArgumentException _) {
      throw new IllegalStateException(
          file + " is not a key log, so repeats cannot be told; line " + (states.size() + 1));
    }
  }

  private static void write(FileChannel channel, long at, String text) throws IOException {
    var buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    for (long position = at; buffer.hasRemaining(); ) {
      position += channel.write(buffer, position);
    }
  }

  private static String line(String key, State state) {
    return state + "\t" + key + "\n";
  }

  private static void requireKey(String key) {
    if (key.isEmpty()
        || key.length() > KEY_LENGTH_MAX
        || key.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "an idempotency key must be 1–" + KEY_LENGTH_MAX + " printable characters");
    }
  }
}

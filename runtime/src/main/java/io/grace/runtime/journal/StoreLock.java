package io.grace.runtime.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.grace.runtime.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps a second process away from a journal file. The operating system frees it when its holder
/// dies, by whatever signal.
///
/// The holder's pid stands in a file of its own: POSIX drops a process's locks on a file as soon as
/// the process closes any handle of it, so the locked file must never be opened just to be read.
/// For the same reason holders in this process are kept in a set.
final class StoreLock implements AutoCloseable {
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path lockFile;
  private final FileChannel channel;

  private StoreLock(Path lockFile, FileChannel channel) {
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /// @param database an existing file
  static StoreLock take(Path database) throws JournalException {
    try {
      Path real = database.toRealPath(); // one lock, whatever link leads here
      Path lockFile = sibling(real, ".lock");
      if (!HELD_HERE.add(lockFile)) {
        throw taken(database, ProcessHandle.current().pid() + " (this one)");
      }
      return lock(database, lockFile, sibling(real, ".pid"));
    } catch (IOException e) {
      throw new JournalException(
          Kind.GIVE_UP, "cannot lock " + database + "; check its directory: " + e, e);
    }
  }

  private static StoreLock lock(Path database, Path lockFile, Path pidFile)
      throws IOException, JournalException {
    @Nullable FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(lockFile, CREATE, WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw taken(
            database, Files.exists(pidFile) ? Files.readString(pidFile).strip() : "unknown");
      }
      Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
      locked = true;
      return new StoreLock(lockFile, channel);
    } finally {
      if (!locked) {
        HELD_HERE.remove(lockFile);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static JournalException taken(Path database, String pid) {
    return new JournalException(
        Kind.GIVE_UP,
        "journal " + database + " is in use by process " + pid + "; stop that process first");
  }

  private static Path sibling(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(lockFile);
  }
}

package io.grace.domains.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// Follows a file as it grows, is renamed and made anew, or is cut to nothing. Where it was is kept
/// beside the domain's other files; after a crash some lines are read once more, none is lost while
/// the file is there. *Guarded by the domain's lock.*
final class LogFile implements LineSource {
  private final Path file;
  private final Path memory;
  private final boolean fromStart;
  private final Lines lines = new Lines();
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
  private Optional<FileChannel> open = Optional.empty();
  private String key = "";
  private long position;
  private long saved = -1;
  private boolean isFirst = true;

  /// @param memory where it is remembered how far it was read
  /// @param fromStart whether a file that was never read is read from its beginning
  LogFile(Path file, Path memory, boolean fromStart) {
    this.file = file;
    this.memory = memory;
    this.fromStart = fromStart;
  }

  @Override
  public void poll(Sink sink) throws IOException {
    int budget = MOST_BYTES;
    if (open.isPresent()) {
      budget = read(open.get(), sink, budget);
    }
    if (budget > 0 && (open.isEmpty() || isReplaced())) {
      if (reopen()) {
        read(open.orElseThrow(), sink, budget);
      }
    }
    remember();
  }

  private int read(FileChannel channel, Sink sink, int most) throws IOException {
    if (channel.size() < position) {
      position = 0;
      lines.clear();
    }
    int left = most;
    while (left > 0) {
      int read = channel.read(buffer.clear(), position);
      if (read <= 0) {
        return left;
      }
      position += read;
      left -= read;
      lines.take(buffer.array(), read, sink);
    }
    return 0;
  }

  private boolean isReplaced() throws IOException {
    try {
      return !key(file).equals(key);
    } catch (NoSuchFileException _) {
      // Renamed, and not yet made anew.
      return false;
    }
  }

  private boolean reopen() throws IOException {
    close();
    String found;
    try {
      found = key(file);
      open = Optional.of(FileChannel.open(file, StandardOpenOption.READ));
    } catch (NoSuchFileException e) {
      isFirst = false;
      throw new IOException("there is no file " + file.getFileName(), e);
    }
    String[] known = isFirst ? recalled() : new String[0];
    if (known.length == 2 && known[0].equals(found)) {
      position = Long.parseLong(known[1]);
    } else {
      // A file that took the place of a known one is new from its first line on.
      boolean isNew = !isFirst || known.length == 2 || fromStart;
      position = isNew ? 0 : open.orElseThrow().size();
    }
    key = found;
    isFirst = false;
    lines.clear();
    return true;
  }

  private static String key(Path file) throws IOException {
    return String.valueOf(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  private String[] recalled() throws IOException {
    if (!Files.exists(memory)) {
      return new String[0];
    }
    String[] parts = Files.readString(memory).strip().split("\t", -1);
    return parts.length == 2 && parts[1].matches("\\d{1,18}") ? parts : new String[0];
  }

  private void remember() throws IOException {
    // A line that is not complete is read again.
    long safe = position - lines.pending();
    if (open.isPresent() && safe != saved) {
      Path next = memory.resolveSibling(memory.getFileName() + ".next");
      Files.writeString(next, key + "\t" + safe + "\n");
      Files.move(next, memory, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      saved = safe;
    }
  }

  @Override
  public long behind() {
    try {
      return open.isPresent() ? Math.max(0, open.get().size() - position) : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  @Override
  public void close() {
    open.ifPresent(channel -> {
      try {
        channel.close();
      } catch (IOException _) {
        // It was only read.
      }
    });
    open = Optional.empty();
  }
}

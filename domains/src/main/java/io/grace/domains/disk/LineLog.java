package io.grace.domains.disk;

import io.grace.core.model.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Lines that are only ever added, each forced to the disk before it counts and each hashed with
/// the one before it. A last line that a crash has cut was never acknowledged and is cut off; any
/// other damage is refused. *Owned by whoever holds its lock.*
public final class LineLog implements AutoCloseable {
  /// Years of what people and jobs register.
  private static final long BYTES_MAX = 1L << 28;

  private static final int DIGITS = 64;

  private final FileChannel channel;

  // Owned by whoever holds the lock.
  private Hash head;
  private long length;

  private LineLog(FileChannel channel, Hash head, long length) {
    this.channel = channel;
    this.head = head;
    this.length = length;
  }

  /// A log and what it held when it was opened.
  public record Opened(LineLog log, List<String> lines) {}

  /// Opens the log and makes it if there is none.
  ///
  /// @throws IOException also if a line that was acknowledged is damaged; the message says which
  public static Opened open(Path file) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      byte[] bytes = Files.readAllBytes(file);
      var lines = new ArrayList<String>();
      Hash head = Hash.sha256("");
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
          head = checked(file, lines.size() + 1, head, line);
          lines.add(line.substring(DIGITS + 1));
          start = i + 1;
        }
      }
      channel.truncate(start);
      return new Opened(new LineLog(channel, head, start), lines);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Hash checked(Path file, int number, Hash before, String line) throws IOException {
    String text = line.length() > DIGITS ? line.substring(DIGITS + 1) : "";
    Hash wanted = next(before, text);
    if (!line.startsWith(wanted + " ")) {
      throw new IOException(
          file + ": line " + number + " is not what was written; restore it from a copy");
    }
    return wanted;
  }

  private static Hash next(Hash before, String text) {
    return Hash.sha256(before + text);
  }

  /// Adds a line and returns when it is durable. After a failure nothing of it is there.
  ///
  /// @param text without line breaks
  public void append(String text) throws IOException {
    if (text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line has no line breaks");
    }
    Hash hash = next(head, text);
    var bytes = ByteBuffer.wrap((hash + " " + text + "\n").getBytes(StandardCharsets.UTF_8));
    if (length + bytes.remaining() > BYTES_MAX) {
      throw new IOException("the log is full: " + length + " bytes");
    }
    channel.truncate(length);
    long at = length;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    channel.force(true);
    head = hash;
    length = at;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package io.grace.domains.disk;

import io.grace.core.model.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;

/// A file that appears all at once and says by itself whether it is whole: a mark, the length, the
/// bytes, their SHA-256.
public final class WholeFile {
  private static final long MARK = 0x4752414345574631L;
  private static final int HEAD = 2 * Long.BYTES;
  private static final int DIGEST = 32;

  /// A wrong length must not make GRACE ask for gigabytes.
  public static final int BYTES_MAX = 1 << 28;

  private WholeFile() {}

  /// The file is there and not what was written.
  public static final class Torn extends IOException {
    private static final long serialVersionUID = 1;

    Torn(Path file, String found) {
      super(file.getFileName() + " is torn: " + found);
    }
  }

  /// Writes beside it, forces, and moves over: after a crash there is the old file or the new one.
  public static void write(Path file, byte[] bytes) throws IOException {
    if (bytes.length > BYTES_MAX) {
      throw new IOException("a file has at most " + BYTES_MAX + " bytes: " + bytes.length);
    }
    var all = ByteBuffer.allocate(HEAD + bytes.length + DIGEST);
    all.putLong(MARK).putLong(bytes.length).put(bytes).put(digest(bytes)).flip();
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (var channel =
        FileChannel.open(
            next,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (all.hasRemaining()) {
        channel.write(all);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(file.toAbsolutePath().resolve("..").normalize());
  }

  /// The name must be durable too, not only what it names.
  private static void force(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Reads what was written.
  ///
  /// @throws Torn if it is not that
  public static byte[] read(Path file) throws IOException {
    long size = Files.size(file);
    if (size < HEAD + DIGEST || size > (long) HEAD + BYTES_MAX + DIGEST) {
      throw new Torn(file, size + " bytes");
    }
    var all = ByteBuffer.wrap(Files.readAllBytes(file));
    long mark = all.getLong();
    long length = all.getLong();
    if (mark != MARK || length != all.capacity() - HEAD - DIGEST) {
      throw new Torn(file, "%d bytes, wanted %d".formatted(all.capacity() - HEAD - DIGEST, length));
    }
    byte[] bytes = new byte[(int) length];
    all.get(bytes);
    byte[] wanted = new byte[DIGEST];
    all.get(wanted);
    if (!Arrays.equals(wanted, digest(bytes))) {
      throw new Torn(file, "its digest is another");
    }
    return bytes;
  }

  public static boolean isWhole(Path file) throws IOException {
    try {
      read(file);
      return true;
    } catch (Torn _) {
      return false;
    }
  }

  private static byte[] digest(byte[] bytes) {
    MessageDigest digest = Hash.newSha256();
    return digest.digest(bytes);
  }
}

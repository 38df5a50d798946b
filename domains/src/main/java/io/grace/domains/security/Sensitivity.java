package io.grace.domains.security;

import io.grace.domains.security.sigma.Level;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// From which level on an alert asks for a deed: what the team says, and how far it was moved from
/// there. Survives a restart. *Thread-safe.*
final class Sensitivity {
  /// Whoever moves it further has another problem.
  static final int FURTHEST = 2;

  private final Path file;
  private final Level base;
  private volatile int shift;

  private Sensitivity(Path file, Level base, int shift) {
    this.file = file;
    this.base = base;
    this.shift = shift;
  }

  static Sensitivity open(Path file, Level base) throws IOException {
    String text = Files.exists(file) ? Files.readString(file).strip() : "0";
    if (!text.matches("-?[0-" + FURTHEST + "]")) {
      throw new IOException(file + " must hold a number from -2 to 2: " + text);
    }
    return new Sensitivity(file, base, Integer.parseInt(text));
  }

  Level least() {
    int level = Math.clamp(base.ordinal() + shift, 0, Level.CRITICAL.ordinal());
    return Level.values()[level];
  }

  /// @param by positive: only what is more critical asks for a deed
  /// @return whether it moved
  boolean move(int by) throws IOException {
    int next = shift + by;
    if (Math.abs(next) > FURTHEST) {
      return false;
    }
    Path temporary = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(temporary, next + "\n");
    try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    shift = next;
    return true;
  }
}

package io.grace.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells a process from a later one with the same pid.
///
/// On Linux it is the boot and the tick at which the process started, which no change of the clock
/// moves (`proc(5)`, field 22 of `stat`); elsewhere the instant at which it started.
final class ProcessIdentity {
  private static final @Nullable String BOOT = boot();

  /// Where field 22 is, counted behind the program's name, which may itself contain blanks.
  private static final int START_TICKS = 19;

  private ProcessIdentity() {}

  /// The identity of a living process; empty for a zombie, which nothing can be asked of any more.
  static Optional<String> of(long pid) {
    if (BOOT == null) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .flatMap(process -> process.info().startInstant())
          .map(Instant::toString);
    }
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean isDead = fields[0].equals("Z") || fields[0].equals("X");
      return isDead ? Optional.empty() : Optional.of(BOOT + "/" + fields[START_TICKS]);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  static boolean isAlive(ProcessHandle process) {
    return process.isAlive() && of(process.pid()).isPresent();
  }

  private static @Nullable String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException _) {
      return null;
    }
  }
}

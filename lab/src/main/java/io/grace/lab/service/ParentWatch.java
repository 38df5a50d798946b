package io.grace.lab.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Ends this process when the one that it belongs to is gone, however that one ended, so that no
/// lab outlives its experimenter.
final class ParentWatch {
  private static final long PERIOD_NANOS = Duration.ofMillis(250).toNanos();
  private static final int ORPHANED = 3;

  private ParentWatch() {}

  static void start(long pid) {
    Optional<ProcessHandle> parent = ProcessHandle.of(pid);
    if (parent.isEmpty()) {
      throw new IllegalArgumentException("--parent must be the id of a living process: " + pid);
    }
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(() -> {
          // The handle knows when its process started, so that a reused id is not taken for it.
          while (parent.get().isAlive() && !isZombie(pid)) {
            LockSupport.parkNanos(PERIOD_NANOS);
          }
          Runtime.getRuntime().halt(ORPHANED);
        });
  }

  /// A dead process stays visible until its own parent asks after it, which in a container may be
  /// never.
  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException _) {
      // No such file: either it is gone, which the handle will say, or this system has no /proc.
      return false;
    }
  }
}

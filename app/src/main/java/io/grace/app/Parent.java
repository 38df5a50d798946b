package io.grace.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ends this process with the one that started it, where that one asked for it: a demonstration or
/// a test that is killed must not leave a server behind.
final class Parent {
  private Parent() {}

  /// @param pid of the process to follow; null or empty for none
  static void follow(@Nullable String pid) {
    if (pid == null || pid.isBlank()) {
      return;
    }
    Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(pid.strip()));
    Thread.ofPlatform()
        .daemon()
        .name("grace-parent")
        .start(() -> {
          parent.ifPresent(p -> p.onExit().join());
          Runtime.getRuntime().halt(1);
        });
  }
}

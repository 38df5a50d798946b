package io.grace.domains.security;

import io.grace.runtime.process.Ending;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A process that may be stopped and started again, as declared. *Immutable.*
///
/// @param pidFile where its number stands, written by whoever starts it
/// @param program the path of its executable: a number that was given to another process since is
///   not stopped
/// @param start the command that starts it again
record DeclaredProcess(String name, Path pidFile, String program, List<String> start) {
  private static final Duration GRACE = Duration.ofSeconds(5);

  DeclaredProcess {
    start = List.copyOf(start);
  }

  /// @return why not, or empty if it is not running any more
  Optional<String> stop() throws InterruptedException {
    Optional<ProcessHandle> running = running();
    if (running.isEmpty()) {
      return Optional.empty();
    }
    List<ProcessHandle> left = Ending.end(List.of(running.get()), GRACE);
    return left.isEmpty() ? Optional.empty() : Optional.of(name + " did not end");
  }

  /// @return why not, or empty if it is running
  Optional<String> startAgain() {
    if (running().isPresent()) {
      return Optional.empty();
    }
    try {
      Process process =
          new ProcessBuilder(start)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Files.writeString(pidFile, process.pid() + "\n");
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(name + " could not be started: " + e.getClass().getSimpleName());
    }
  }

  Optional<ProcessHandle> running() {
    try {
      String pid = Files.readString(pidFile).strip();
      if (!pid.matches("\\d{1,10}")) {
        return Optional.empty();
      }
      return ProcessHandle.of(Long.parseLong(pid))
          .filter(ProcessHandle::isAlive)
          .filter(handle -> handle.info().command().filter(program::equals).isPresent());
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}

package io.grace.runtime.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Ends processes for certain: asks, waits, then kills, with everything that they started.
public final class Ending {
  /// A killed process is gone at once, unless the kernel holds it (as on a lost network disk).
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(2);

  private static final long POLL_MILLIS = 20;

  private Ending() {}

  /// Asks the processes to end, and kills what is left after the grace.
  ///
  /// @return those that are still there nevertheless
  public static List<ProcessHandle> end(Collection<ProcessHandle> processes, Duration grace)
      throws InterruptedException {
    var family = family(processes);
    processes.forEach(ProcessHandle::destroy);
    awaitEnd(processes, grace);
    return kill(family);
  }

  /// Kills the processes and everything that they started.
  public static void kill(ProcessHandle process) throws InterruptedException {
    kill(family(List.of(process)));
  }

  /// How long `end` may take at most beyond the grace.
  static Duration killTimeout() {
    return KILL_TIMEOUT;
  }

  private static List<ProcessHandle> kill(List<ProcessHandle> family) throws InterruptedException {
    var left = new ArrayList<>(family(family));
    left.removeIf(process -> !ProcessIdentity.isAlive(process));
    left.forEach(ProcessHandle::destroyForcibly);
    return awaitEnd(left, KILL_TIMEOUT);
  }

  private static List<ProcessHandle> family(Collection<ProcessHandle> processes) {
    var family = new ArrayList<>(processes);
    for (var process : processes) {
      process.descendants().filter(child -> !family.contains(child)).forEach(family::add);
    }
    return family;
  }

  // Not by onExit: it waits for ever for a zombie that nobody reaps.
  private static List<ProcessHandle> awaitEnd(Collection<ProcessHandle> processes, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      var left = processes.stream().filter(ProcessIdentity::isAlive).toList();
      if (left.isEmpty() || System.nanoTime() - deadline >= 0) {
        return left;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}

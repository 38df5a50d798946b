package io.grace.lab.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// How the process itself feels: whether it is up, its memory, and `/health` and `/metrics` made of
/// it. Thread-safe.
final class Vitals {
  /// The leak's last seconds: from here on the collector runs most of the time.
  private static final double HEAP_FULL = 0.92;

  enum Phase {
    STARTING,
    UP,
    STOPPING
  }

  private final State state;
  private final Instant startedAt;

  /// Moves only forward; written by the main thread and by the shutdown hook.
  private volatile Phase phase = Phase.STARTING;

  Vitals(State state, Instant startedAt) {
    this.state = state;
    this.startedAt = startedAt;
  }

  void phase(Phase next) {
    phase = next;
  }

  boolean isUp() {
    return phase == Phase.UP;
  }

  Reply health() {
    if (!isUp()) {
      return down(phase == Phase.STARTING ? "starting" : "stopping");
    }
    double used = heapUsedRatio();
    return used > HEAP_FULL
        ? down("heap is " + Math.round(used * 100) + " % full")
        : Reply.json("{\"status\":\"up\"}");
  }

  private static Reply down(String why) {
    return Reply.json(503, "{\"status\":\"down\",\"why\":\"" + why + "\"}");
  }

  Reply metrics(Exposition.Format format, Instant now) throws IOException {
    Exposition to = new Exposition(format);
    state.metrics().writeRequests(to);
    if (state.hasCache()) {
      state.metrics().writeLookups(to);
    }
    if (state.hasBreaker()) {
      to.family("breaker_open", "gauge", "Whether calls to the target are refused.");
      to.sample("", "target=\"payments\"", state.breaker().isOpen() ? 1 : 0);
    }
    to.family("feature_flag", "gauge", "Whether the feature is on.");
    to.sample("", "flag=\"" + Flags.NEW_PRICING + "\"", state.flags().newPricing() ? 1 : 0);
    to.family("log_level", "gauge", "1 for the level in force.");
    LogLevel.Level level = state.level().at(now).level();
    for (LogLevel.Level each : LogLevel.Level.values()) {
      to.sample("", "level=\"" + each + "\"", each == level ? 1 : 0);
    }
    to.family("process_resident_memory_bytes", "gauge", "Resident memory.");
    to.sample("", "", residentBytes());
    to.family("process_start_time_seconds", "gauge", "Start of the process since the epoch.");
    to.sample("", "", startedAt.toEpochMilli() / 1e3);
    to.family("jvm_heap_used_ratio", "gauge", "Used heap, garbage included, of the largest heap.");
    to.sample("", "", heapUsedRatio());
    return to.reply();
  }

  private static double heapUsedRatio() {
    Runtime runtime = Runtime.getRuntime();
    return (double) (runtime.totalMemory() - runtime.freeMemory()) / runtime.maxMemory();
  }

  private static double residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        String kilobytes = line.substring("VmRSS:".length(), line.lastIndexOf(' ')).strip();
        return Long.parseLong(kilobytes) * 1024.0;
      }
    }
    throw new IOException("/proc/self/status has no line VmRSS");
  }
}

package io.grace.lab.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The folder that the processes of one lab share: who runs where, what was done, and the faults
/// that outlive a restart. Immutable.
public record LabDir(Path root) {

  /// Lays out a healthy lab: its folders and a warm cache. Leaves alone what is there.
  public static LabDir prepare(Path root) throws IOException {
    LabDir dir = new LabDir(root.toAbsolutePath().normalize());
    dir.create();
    if (!Files.exists(dir.cacheWarm())) {
      write(dir.cacheWarm(), WarmCache.entries());
    }
    return dir;
  }

  void create() throws IOException {
    for (String folder :
        new String[] {"registry", "pids", "flags", "breakers", "slow-start", "loglevel", "logs"}) {
      Files.createDirectories(root.resolve(folder));
    }
  }

  /// Holds the port of an instance that is ready.
  public Path registry(ServiceInstance instance) {
    return registry().resolve(instance.id());
  }

  Path registry() {
    return root.resolve("registry");
  }

  /// Holds the process id of an instance from its start on; a crash leaves it behind.
  public Path pid(ServiceInstance instance) {
    return root.resolve("pids").resolve(instance.id());
  }

  Path flags(ServiceName service) {
    return root.resolve("flags").resolve(service.id());
  }

  /// Holds the cache's entries; without it the cache is cold.
  public Path cacheWarm() {
    return root.resolve("cache.warm");
  }

  Path breaker(ServiceName service) {
    return root.resolve("breakers").resolve(service.id());
  }

  Path slowStart(ServiceInstance instance) {
    return root.resolve("slow-start").resolve(instance.id());
  }

  Path logLevel(ServiceName service) {
    return root.resolve("loglevel").resolve(service.id());
  }

  /// What an instance has to say for itself.
  public Path log(ServiceInstance instance) {
    return root.resolve("logs").resolve(instance.id() + ".log");
  }

  /// Every applied effect and every process start, one a line.
  public Path effects() {
    return root.resolve("effects.log");
  }

  Path effectsLock() {
    return root.resolve("effects.lock");
  }

  /// Replaces a file in one step, so that a reader sees the old content or the new and nothing
  /// between.
  static void write(Path path, String content) throws IOException {
    Path next =
        path.resolveSibling(
            "." + path.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    Files.writeString(next, content);
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
  }
}

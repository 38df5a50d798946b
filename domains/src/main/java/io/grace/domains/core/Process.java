package io.grace.domains.core;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What this process uses of what it may. *Thread-safe.*
final class Process {
  private final Path directory;

  /// @param directory on the disk that is watched
  Process(Path directory) {
    this.directory = directory;
  }

  /// Ratios in [0, 1], by metric. What the system does not tell is not there.
  Map<String, Double> measure() {
    var measured = new HashMap<String, Double>();
    measured.put("heap_used_ratio", heapAfterCollection());
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        && unix.getMaxFileDescriptorCount() > 0) {
      measured.put(
          "open_files_ratio",
          (double) unix.getOpenFileDescriptorCount() / unix.getMaxFileDescriptorCount());
    }
    try {
      FileStore disk = Files.getFileStore(directory);
      if (disk.getTotalSpace() > 0) {
        measured.put(
            "state_disk_used_ratio", 1 - (double) disk.getUsableSpace() / disk.getTotalSpace());
      }
    } catch (IOException _) {
      // Not measured is unknown, and the loop sees that.
    }
    return measured;
  }

  /// What stays after a collection: garbage that waits to be collected is no shortage.
  private static double heapAfterCollection() {
    long used = 0;
    for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage after = pool.getCollectionUsage();
      used += after == null ? 0 : after.getUsed();
    }
    long most = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
    return most <= 0 ? 0 : Math.min(1, (double) used / most);
  }
}
